-- title: Row-level security where it is required
-- level: failed
-- since: 14
-- area: post-migration
-- parameter: tables = (names) tables that must have row-level security, reachable or not: SCHEMA.NAME, with *
--   and ? as in file names
-- parameter: forced = (names) tables on which it must also bind the owner (FORCE)
-- help: alter table {object} enable row level security; alter table {object} force row level security;
--
-- Beside the tables that an API role can reach (see rls_disabled), those that the project names. A name that
-- fits no table fails, too: a table that was renamed is not protected by a list that still has the old name.

with wanted as (
    select
        pattern,
        -- From a pattern of file names to one of LIKE, whose own special characters are taken literally.
        translate(replace(replace(pattern, '\', '\\'), '_', '\_'), '*?', '%_') as name_like,
        forced
    from (
        select unnest(:'tables'::text[]) as pattern, false as forced
        union all
        select unnest(:'forced'::text[]), true
    ) as named
),
found as (
    select
        w.pattern,
        w.forced,
        c.oid,
        quote_ident(n.nspname) || '.' || quote_ident(c.relname) as relation,
        c.relrowsecurity,
        c.relforcerowsecurity
    from wanted as w
    left join (
        pg_catalog.pg_class as c
        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    ) on c.relkind in ('r', 'p') and n.nspname || '.' || c.relname like w.name_like
)
select distinct
    coalesce(relation, pattern) as object,
    case
        when oid is null then 'there is no such table'
        when not relrowsecurity then 'row-level security is required, and off'
        else 'row-level security does not bind the owner: it is on, but not forced'
    end as detail
from found
where oid is null
    or not relrowsecurity
    or (forced and not relforcerowsecurity);

-- breaks: a table that the project names
-- with: tables = shop.invoice
create schema shop;
create table shop.invoice (id int primary key);

-- breaks: one of those that a pattern fits
-- with: tables = shop.inv_*
create schema shop;
create table shop.inv_a (id int primary key);
create table shop.inv_b (id int primary key);
alter table shop.inv_a enable row level security;

-- breaks: a table that is gone
-- with: tables = shop.invoice

-- breaks: not forced
-- with: forced = shop.*
create schema shop;
create table shop.invoice (id int primary key);
alter table shop.invoice enable row level security;

-- holds: on, and forced
-- with: tables = shop.*
-- with: forced = shop.invoice
create schema shop;
create table shop.invoice (id int primary key);
create table shop.line (id int primary key);
alter table shop.invoice enable row level security, force row level security;
alter table shop.line enable row level security;

-- holds: nothing is asked for
create schema shop;
create table shop.invoice (id int primary key);
