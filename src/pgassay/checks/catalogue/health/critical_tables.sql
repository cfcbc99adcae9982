-- title: Critical tables are there
-- level: failed
-- area: post-migration
-- parameter: tables = {} (names) the tables without which the application cannot work, as schema.table
-- help: Find out what dropped or renamed {object}, and restore it: the last migrations, then the last backup.
--
-- Looks at the catalog only: whether a table has rows, or may be read, is not asked.

with wanted as (
    select
        name,
        exists (
            select
            from pg_catalog.pg_class as c
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'f')
                and (
                    name in (format('%I.%I', n.nspname, c.relname), n.nspname || '.' || c.relname)
                    or (name = c.relname and n.nspname <> all (:'ignored_schemas'::name[]))
                )
        ) as found
    from unnest(:'tables'::text[]) as name
)
select name as object, 'this table is missing' as detail, 'failed' as level, null as remediation
from wanted
where not found
union all
select
    format('%I', current_database()),
    case
        when count(*) = 0 then 'no critical tables are configured: [checks.critical_tables] tables'
        else format('%s/%s critical tables are there', count(*) filter (where found), count(*))
    end,
    case when count(*) > 0 and bool_and(found) then 'passed' else 'info' end,
    ''
from wanted;

-- breaks: one of two is missing
-- with: tables = {shop.customer,shop.invoice}
create schema shop;
create table shop.customer (id int primary key);

-- breaks: a view is no table
-- with: tables = {shop.customer}
create schema shop;
create view shop.customer as select 1 as id;

-- holds: all are there, whether quoted, unqualified or partitioned
-- with: tables = {shop.customer,"shop.\"Invoice\"",shop.Payment,ledger}
create schema shop;
create table shop.customer (id int primary key);
create table shop."Invoice" (id int primary key);
create table shop."Payment" (id int primary key);
create table shop.ledger (day date not null) partition by range (day);
