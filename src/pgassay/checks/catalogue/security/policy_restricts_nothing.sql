-- title: Restrictive policy that is always true
-- level: warning
-- since: 14
-- help: Give {object} the condition that it was meant to have, or drop it.
--
-- A restrictive policy only ever narrows. One that is always true narrows nothing, though it looks like a
-- wall.

select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    'restricts nothing: ' || condition as detail
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral (
    select pg_get_expr(coalesce(p.polwithcheck, p.polqual), p.polrelid) as condition
) as deciding
where not p.polpermissive
    and c.relrowsecurity
    and coalesce(pg_get_expr(p.polqual, p.polrelid), 'true') = 'true'
    and (condition = 'true' or condition ~ '^\(true OR | OR true\)$' or condition ~ '^\((\S+) = \1\)$')
    and n.nspname <> all (:'ignored_schemas'::name[]);

-- breaks: a wall without bricks
create schema shop;
create table shop.invoice (id int primary key, tenant int);
alter table shop.invoice enable row level security;
create policy wall on shop.invoice as restrictive using (true);
create policy door on shop.invoice using (tenant = 1);

-- holds: a wall
create schema shop;
create table shop.invoice (id int primary key, tenant int);
alter table shop.invoice enable row level security;
create policy wall on shop.invoice as restrictive using (tenant = 1);
create policy adding on shop.invoice as restrictive for insert with check (tenant = 1);
create policy door on shop.invoice using (tenant > 0);
