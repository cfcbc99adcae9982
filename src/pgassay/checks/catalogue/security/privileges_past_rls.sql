-- title: Privilege that row-level security does not limit
-- level: warning
-- since: 14
-- help: revoke truncate, trigger, references on {object} from public, anon, authenticated;
--
-- TRUNCATE empties a table whatever its policies say; TRIGGER lets a role have its code run by whoever writes
-- next; REFERENCES tells by a foreign key which keys exist; MAINTAIN (from 17 on) locks. HTTP interfaces do
-- not offer these commands, but any SQL session of the role does. REFERENCES or MAINTAIN alone is
-- information.

select
    format('%I.%I', n.nspname, c.relname) as object,
    string_agg(
        format('%s may %s', case may.role when 'public' then 'every role' else may.role end, may.what),
        ', '
        order by may.role
    ) as detail,
    case when bool_or(may.grave) then 'warning' else 'info' end as level
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral (
    select
        coalesce(r.rolname, 'public') as role,
        string_agg(lower(a.privilege_type), '/' order by a.privilege_type desc) as what,
        bool_or(a.privilege_type in ('TRUNCATE', 'TRIGGER')) as grave
    from aclexplode(c.relacl) as a
    left join pg_catalog.pg_roles as r on r.oid = a.grantee
    where a.privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES', 'MAINTAIN')
        and coalesce(r.rolname, 'public') = any (:'api_roles'::name[])
        and a.grantee <> c.relowner
    group by coalesce(r.rolname, 'public')
) as may
where c.relkind in ('r', 'p')
    and not c.relispartition
    and n.nspname <> all (:'ignored_schemas'::name[])
    and has_schema_privilege(may.role, n.oid, 'usage')
    and not exists (
        select
        from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_class'::regclass
            and d.objid = c.oid
            and d.deptype = 'e'
    )
group by n.nspname, c.relname;

-- breaks: all privileges for everyone
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int primary key);
alter table shop.invoice enable row level security;
grant all on shop.invoice to public;

-- holds: what policies limit
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int primary key);
alter table shop.invoice enable row level security;
grant select, insert, update, delete on shop.invoice to public;
