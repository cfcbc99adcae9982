-- title: Sequence that callers may set who did not sign in
-- level: warning
-- since: 14
-- parameter: anonymous = anon, public (names) roles that callers have who did not sign in
-- help: revoke update on sequence {object} from public, anon; grant usage on it to those who insert.
--
-- UPDATE allows setval, with which a caller makes every later insert collide; inserting needs USAGE only.
-- USAGE alone, which allows to use up numbers, is information.

select
    format('%I.%I', n.nspname, c.relname) as object,
    string_agg(
        format(
            '%s may %s',
            case role when 'public' then 'every role' else role end,
            case when has_sequence_privilege(role, c.oid, 'update') then 'set it' else 'draw numbers from it' end
        ),
        ', '
        order by role
    ) as detail,
    case when bool_or(has_sequence_privilege(role, c.oid, 'update')) then 'warning' else 'info' end as level
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join unnest(:'api_roles'::name[]) as role
where c.relkind = 'S'
    and role = any (:'anonymous'::name[])
    and has_schema_privilege(role, n.oid, 'usage')
    -- Through CASE, since this function refuses what is no sequence.
    and case c.relkind when 'S' then has_sequence_privilege(role, c.oid, 'usage, update') end
    and n.nspname <> all (:'ignored_schemas'::name[])
group by n.nspname, c.relname;

-- breaks: all privileges for everyone
create schema shop;
grant usage on schema shop to public;
create sequence shop.number;
grant all on sequence shop.number to public;

-- holds: for those who insert
create role clerk;
create schema shop;
grant usage on schema shop to public;
create sequence shop.number;
grant usage on sequence shop.number to clerk;
