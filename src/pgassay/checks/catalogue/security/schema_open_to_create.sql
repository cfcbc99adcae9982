-- title: Schema in which everyone may create
-- level: warning
-- since: 14
-- help: revoke create on schema {object} from public;
--
-- Whoever creates a function or table of a fitting name in a schema on someone's search_path has it used in
-- place of the one that was meant. PostgreSQL 14 and databases that come from it give this privilege on the
-- schema public to everyone.

select
    quote_ident(n.nspname) as object,
    string_agg(case role when 'public' then 'every role' else role end, ', ' order by role)
    || ' may create objects in it' as detail
from pg_catalog.pg_namespace as n
cross join unnest(:'api_roles'::name[]) as role
where has_schema_privilege(role, n.oid, 'create')
    and pg_get_userbyid(n.nspowner) <> role
    and n.nspname !~ '^pg_(toast_)?temp_'
    and (n.nspname <> all (:'ignored_schemas'::name[]) or n.nspname = 'extensions')
group by n.nspname;

-- breaks: granted to everyone
create schema shop;
grant create on schema shop to public;

-- holds: granted to one role
create role shop_owner;
create schema shop;
revoke create on schema public from public;
grant usage on schema shop to public;
grant create on schema shop to shop_owner;
