-- title: Policies that are not in force
-- level: failed
-- since: 14
-- area: post-migration, health
-- help: alter table {object} enable row level security;
--
-- A policy does nothing until row-level security is switched on for its table. The level is a warning where
-- no role but the owner holds a privilege on the table.

select
    format('%I.%I', n.nspname, c.relname) as object,
    format(
        'row-level security is off, so %s nothing: %s',
        case count(*) when 1 then 'this policy does' else 'these policies do' end,
        string_agg(quote_ident(p.polname), ', ' order by p.polname)
    ) as detail,
    case
        when exists (select from aclexplode(c.relacl) as a where a.grantee <> c.relowner)
            or exists (select from pg_catalog.pg_attribute as a where a.attrelid = c.oid and a.attacl is not null)
        then 'failed'
        else 'warning'
    end as level
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where not c.relrowsecurity
    and n.nspname <> all (:'ignored_schemas'::name[])
group by n.nspname, c.oid, c.relname, c.relacl, c.relowner;

-- breaks: a policy on a table whose row-level security is off
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
grant select on shop.invoice to clerk;
create policy own on shop.invoice for select using (owner = current_user);

-- holds: it is on
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
grant select on shop.invoice to clerk;
create policy own on shop.invoice for select using (owner = current_user);
alter table shop.invoice enable row level security;

-- holds: neither
create schema shop;
create table shop.invoice (id int primary key, owner name);
