-- title: Reachable table without row-level security
-- level: failed
-- since: 14
-- help: alter table {object} enable row level security; then add a policy for each role that should see rows
--   of it.
--
-- Whoever holds a privilege on such a table sees or changes every row of it. A table counts as reachable when
-- an API role, or everyone, may use its schema and holds any privilege on it or on one of its columns, also
-- through another role. Partitions are left to their parent, and where that one is protected to the check
-- rls_not_on_child.

select
    format('%I.%I', n.nspname, c.relname) as object,
    'row-level security is off, and ' || access.roles as detail,
    jsonb_build_object('schema', n.nspname, 'table', c.relname) as metadata
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral (
    select string_agg(
        format('%s may %s', case role when 'public' then 'every role' else role end, may.what),
        ', '
        order by role
    ) as roles
    from unnest(:'api_roles'::name[]) as role
    cross join lateral (
        select concat_ws(
            '/',
            case when has_any_column_privilege(role, c.oid, 'select') then 'select' end,
            case when has_any_column_privilege(role, c.oid, 'insert') then 'insert' end,
            case when has_any_column_privilege(role, c.oid, 'update') then 'update' end,
            case when has_table_privilege(role, c.oid, 'delete') then 'delete' end,
            case when has_table_privilege(role, c.oid, 'truncate') then 'truncate' end
        ) as what
    ) as may
    where has_schema_privilege(role, n.oid, 'usage')
        and may.what <> ''
) as access
where c.relkind in ('r', 'p')
    and c.relpersistence <> 't'
    and not c.relrowsecurity
    and access.roles is not null
    and n.nspname <> all (:'ignored_schemas'::name[])
    and not exists (
        select
        from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_class'::regclass
            and d.objid = c.oid
            and d.deptype = 'e'
    )
    and not exists (
        select
        from pg_catalog.pg_inherits as i
        join pg_catalog.pg_class as parent on parent.oid = i.inhparent
        where i.inhrelid = c.oid
            and (
                parent.relrowsecurity
                or exists (
                    select
                    from unnest(:'api_roles'::name[]) as role
                    where has_schema_privilege(role, parent.relnamespace, 'usage')
                        and (
                            has_any_column_privilege(role, parent.oid, 'select, insert, update')
                            or has_table_privilege(role, parent.oid, 'delete, truncate')
                        )
                )
            )
    );

-- breaks: a table granted to everyone
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int primary key);
grant select on shop.invoice to public;

-- breaks: one column granted to anon
create role anon;
create schema shop;
grant usage on schema shop to anon;
create table shop.invoice (id int primary key, total numeric);
grant select (total) on shop.invoice to anon;

-- breaks: a privilege that comes through another role
create role anon;
create role reader;
grant reader to anon;
create schema shop;
grant usage on schema shop to anon;
create table shop.invoice (id int primary key);
grant select on shop.invoice to reader;

-- breaks: a partitioned table, reported once
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int) partition by range (id);
create table shop.invoice_1 partition of shop.invoice for values from (1) to (10);
grant select on shop.invoice, shop.invoice_1 to public;

-- holds: the same table with row-level security on
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int primary key);
grant select on shop.invoice to public;
alter table shop.invoice enable row level security;

-- holds: a privilege in a schema that nobody may use
create schema shop;
create table shop.invoice (id int primary key);
grant select on shop.invoice to public;

-- holds: a table for a role that is not one of the API
create role clerk;
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int primary key);
grant select on shop.invoice to clerk;

-- holds: a table of an extension
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int primary key);
grant select on shop.invoice to public;
alter extension plpgsql add table shop.invoice;

-- holds: partitions of a parent that is protected
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int) partition by range (id);
create table shop.invoice_1 partition of shop.invoice for values from (1) to (10);
alter table shop.invoice enable row level security;
grant select on shop.invoice, shop.invoice_1 to public;
