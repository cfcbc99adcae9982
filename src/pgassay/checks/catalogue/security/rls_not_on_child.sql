-- title: Partition or child table reachable past its parent's row-level security
-- level: failed
-- since: 14
-- help: alter table {object} enable row level security, with the parent's policies, or revoke the privileges
--   on {object}: queries through the parent need none on its children.
--
-- Policies of the parent hold only for queries that name the parent. Whoever names the child is bound by the
-- child's own row-level security alone.

select
    format('%I.%I', n.nspname, c.relname) as object,
    format(
        'row-level security is on for the parent %I.%I and off here, and %s may reach it',
        pn.nspname,
        parent.relname,
        access.roles
    ) as detail,
    jsonb_build_object('parent', format('%I.%I', pn.nspname, parent.relname)) as metadata
from pg_catalog.pg_inherits as i
join pg_catalog.pg_class as c on c.oid = i.inhrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
join pg_catalog.pg_class as parent on parent.oid = i.inhparent
join pg_catalog.pg_namespace as pn on pn.oid = parent.relnamespace
cross join lateral (
    select string_agg(case role when 'public' then 'every role' else role end, ', ' order by role) as roles
    from unnest(:'api_roles'::name[]) as role
    where has_schema_privilege(role, n.oid, 'usage')
        and (
            has_any_column_privilege(role, c.oid, 'select, insert, update')
            or has_table_privilege(role, c.oid, 'delete, truncate')
        )
) as access
where c.relkind in ('r', 'p')
    and parent.relrowsecurity
    and not c.relrowsecurity
    and access.roles is not null
    and n.nspname <> all (:'ignored_schemas'::name[]);

-- breaks: a partition with a grant of its own
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int, owner name) partition by range (id);
create table shop.invoice_1 partition of shop.invoice for values from (1) to (10);
alter table shop.invoice enable row level security;
grant select on shop.invoice, shop.invoice_1 to public;

-- breaks: a table that inherits
create schema shop;
grant usage on schema shop to public;
create table shop.document (id int);
create table shop.invoice (total numeric) inherits (shop.document);
alter table shop.document enable row level security;
grant insert on shop.invoice to public;

-- holds: no privilege on the partition
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int, owner name) partition by range (id);
create table shop.invoice_1 partition of shop.invoice for values from (1) to (10);
alter table shop.invoice enable row level security;
grant select on shop.invoice to public;

-- holds: the partition is protected, too
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int, owner name) partition by range (id);
create table shop.invoice_1 partition of shop.invoice for values from (1) to (10);
alter table shop.invoice enable row level security;
alter table shop.invoice_1 enable row level security;
grant select on shop.invoice, shop.invoice_1 to public;

-- breaks: to empty
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int, owner name) partition by range (id);
create table shop.invoice_1 partition of shop.invoice for values from (1) to (10);
alter table shop.invoice enable row level security;
grant truncate on shop.invoice_1 to public;

-- holds: neither is protected, which is the matter of rls_disabled
create schema shop;
grant usage on schema shop to public;
create table shop.invoice (id int, owner name) partition by range (id);
create table shop.invoice_1 partition of shop.invoice for values from (1) to (10);
grant select on shop.invoice, shop.invoice_1 to public;
