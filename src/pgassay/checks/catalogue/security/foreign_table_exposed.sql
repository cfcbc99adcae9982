-- title: Foreign table that API roles may use
-- level: failed
-- since: 14
-- help: revoke all on {object} from public, anon, authenticated; and offer the data by a function that
--   filters.
--
-- Foreign tables cannot have policies: whoever may read one sees all that the remote account sees.

select
    format('%I.%I', n.nspname, c.relname) as object,
    format('%s may use it, and no policy can protect it (server %I)', reader.roles, s.srvname) as detail
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
join pg_catalog.pg_foreign_table as f on f.ftrelid = c.oid
join pg_catalog.pg_foreign_server as s on s.oid = f.ftserver
cross join lateral (
    select string_agg(case role when 'public' then 'every role' else role end, ', ' order by role) as roles
    from unnest(:'api_roles'::name[]) as role
    where has_schema_privilege(role, n.oid, 'usage')
        and (
            has_any_column_privilege(role, c.oid, 'select, insert, update')
            or has_table_privilege(role, c.oid, 'delete')
        )
) as reader
where reader.roles is not null
    and n.nspname <> all (:'ignored_schemas'::name[]);

-- breaks: granted to everyone
create foreign data wrapper pigeon;
create server loft foreign data wrapper pigeon;
create schema shop;
grant usage on schema shop to public;
create foreign table shop.supplier (id int) server loft;
grant select on shop.supplier to public;

-- holds: only its owner may use it
create foreign data wrapper pigeon;
create server loft foreign data wrapper pigeon;
create schema shop;
grant usage on schema shop to public;
create foreign table shop.supplier (id int) server loft;

-- breaks: to delete from
create foreign data wrapper pigeon;
create server loft foreign data wrapper pigeon;
create schema shop;
grant usage on schema shop to public;
create foreign table shop.supplier (id int) server loft;
grant delete on shop.supplier to public;
