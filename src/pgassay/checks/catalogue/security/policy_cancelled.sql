-- title: Policy that another one cancels
-- level: failed
-- since: 14
-- help: Drop the policy that is always true if the stricter one was meant, else drop {object}; or make the
--   strict one restrictive.
--
-- Permissive policies are joined by OR, so one that is always true leaves a stricter one for the same command
-- and role without effect. A SELECT policy that is always true beside an ALL policy is right (everyone reads,
-- owners write) and not reported.

select
    format('%I.%I.%I', n.nspname, c.relname, strict.polname) as object,
    format(
        'has no effect: %s is always true for the same command and role',
        string_agg(quote_ident(wide.polname), ', ' order by wide.polname)
    ) as detail
from pg_catalog.pg_policy as strict
join pg_catalog.pg_class as c on c.oid = strict.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
join pg_catalog.pg_policy as wide on wide.polrelid = strict.polrelid
    and wide.oid <> strict.oid
    and wide.polcmd in ('*', strict.polcmd)
    -- The wide one is for everyone, or for all whom the strict one addresses.
    and (0 = any (wide.polroles) or strict.polroles <@ wide.polroles)
cross join lateral (
    select
        pg_get_expr(case wide.polcmd when 'a' then wide.polwithcheck else wide.polqual end, c.oid) as wide,
        pg_get_expr(case strict.polcmd when 'a' then strict.polwithcheck else strict.polqual end, c.oid) as strict
) as condition
where strict.polpermissive
    and wide.polpermissive
    and c.relrowsecurity
    and n.nspname <> all (:'ignored_schemas'::name[])
    and (
        condition.wide = 'true'
        or condition.wide ~ '^\(true OR | OR true\)$'
        or condition.wide ~ '^\((\S+) = \1\)$'
    )
    and not (
        condition.strict = 'true'
        or condition.strict ~ '^\(true OR | OR true\)$'
        or condition.strict ~ '^\((\S+) = \1\)$'
    )
group by n.nspname, c.relname, strict.oid, strict.polname;

-- breaks: own rows, and all rows
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice for select using (owner = current_user);
create policy readable on shop.invoice for select using (true);

-- breaks: an ALL policy that is always true
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create role clerk;
create policy own on shop.invoice for update to clerk using (owner = current_user);
create policy everything on shop.invoice using (true);

-- holds: everyone reads, owners write
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy readable on shop.invoice for select using (true);
create policy own on shop.invoice using (owner = current_user);

-- holds: different roles
create role clerk;
create role chief;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice for select to clerk using (owner = current_user);
create policy readable on shop.invoice for select to chief using (true);

-- holds: the strict one is restrictive
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice as restrictive for select using (owner = current_user);
create policy readable on shop.invoice for select using (true);

-- breaks: true in other words
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice for select using (owner = current_user);
create policy readable on shop.invoice for select using (owner = 'x' or true);

-- breaks: a column compared with itself
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice for insert with check (owner = current_user);
create policy adding on shop.invoice for insert with check (id = id);

-- holds: neither is strict, and a wide one that restricts
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy a on shop.invoice for select using (true);
create policy b on shop.invoice for select using (id = id);
create policy c on shop.invoice for select using (owner = 'x' or true);
create policy d on shop.invoice as restrictive for update using (true);
create policy e on shop.invoice for update using (owner = current_user);
