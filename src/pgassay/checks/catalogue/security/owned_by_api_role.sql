-- title: Object that an API role owns
-- level: failed
-- since: 14
-- help: Give {object} to a role that only migrations use (alter … owner to …); the API role needs no more
--   than grants.
--
-- An owner passes row-level security unless it is forced, may switch it off, and may drop the object.

select
    owned.object,
    format('%s owned by %I, a role that requests come in with', owned.kind, r.rolname) as detail
from (
    select
        format('%I.%I', n.nspname, c.relname) as object,
        case c.relkind
            when 'v' then 'view'
            when 'm' then 'materialized view'
            when 'f' then 'foreign table'
            else 'table'
        end as kind,
        c.relowner as owner
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f')
        and c.relpersistence <> 't'
    union all
    select quote_ident(n.nspname), 'schema', n.nspowner
    from pg_catalog.pg_namespace as n
    union all
    select
        format('%I.%I(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes)),
        'function',
        p.proowner
    from pg_catalog.pg_proc as p
    join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
) as owned
join pg_catalog.pg_roles as r on r.oid = owned.owner
where r.rolname = any (:'api_roles'::name[]);

-- breaks: a table
create role anon;
create schema shop;
create table shop.invoice (id int primary key);
alter table shop.invoice owner to anon;

-- breaks: a function
create role authenticated;
create schema shop;
create function shop.now() returns timestamptz language sql return current_timestamp;
grant create on schema shop to authenticated;
alter function shop.now() owner to authenticated;

-- holds: a role of its own
create role anon;
create role shop_owner;
create schema shop;
create table shop.invoice (id int primary key);
alter table shop.invoice owner to shop_owner;
grant select on shop.invoice to anon;
