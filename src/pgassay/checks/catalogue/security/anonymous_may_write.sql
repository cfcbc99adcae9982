-- title: Table that callers may write who did not sign in
-- level: warning
-- since: 14
-- parameter: anonymous = anon, public (names) roles that callers have who did not sign in
-- help: revoke insert, update, delete on {object} from public, anon;
--
-- A warning where everyone holds the privilege, since every role that is ever made has it then; and where a
-- permissive policy for the command is addressed to an anonymous role by name. Information where only the
-- condition of a policy for everyone stands between. Tables without row-level security are the matter of
-- rls_disabled.

select
    format('%I.%I', n.nspname, c.relname) as object,
    string_agg(
        format('%s may %s', case may.role when 'public' then 'every role' else may.role end, may.what),
        ', '
        order by may.role
    ) as detail,
    case when bool_or(may.role = 'public' or may.addressed) then 'warning' else 'info' end as level
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral (
    select
        role,
        string_agg(distinct command.name, '/') as what,
        bool_or(pg_get_userbyid(addressed.oid) = role) as addressed
    from unnest(:'api_roles'::name[]) as role
    cross join (values ('a', 'insert'), ('w', 'update'), ('d', 'delete')) as command (code, name)
    join pg_catalog.pg_policy as p on p.polrelid = c.oid
        and p.polpermissive
        and (p.polcmd = '*' or p.polcmd::text = command.code)
    cross join lateral unnest(p.polroles) as addressed (oid)
    where role = any (:'anonymous'::name[])
        and has_schema_privilege(role, n.oid, 'usage')
        and case command.name
            when 'delete' then has_table_privilege(role, c.oid, 'delete')
            else has_any_column_privilege(role, c.oid, command.name)
        end
        and (addressed.oid = 0 or pg_get_userbyid(addressed.oid) = role)
    group by role
) as may
where c.relrowsecurity
    and n.nspname <> all (:'ignored_schemas'::name[])
group by n.nspname, c.relname;

-- breaks: a privilege of everyone
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant insert on shop.invoice to public;
create policy own on shop.invoice for insert with check (owner = current_user);

-- breaks: a policy for anon
create role anon;
create schema shop;
grant usage on schema shop to anon;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant update (owner) on shop.invoice to anon;
create policy own on shop.invoice for update to anon using (owner = current_user);

-- holds: only signed-in callers are let through, or nobody
create role anon;
create role authenticated;
create schema shop;
grant usage on schema shop to anon, authenticated;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant insert, update, delete on shop.invoice to anon, authenticated;
create policy own on shop.invoice to authenticated using (owner = current_user);
