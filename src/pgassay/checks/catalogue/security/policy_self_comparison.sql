-- title: Sub-select of a policy that compares a column with itself
-- level: failed
-- since: 14
-- help: Qualify the column of the protected table in the sub-select of {object} with the table's name.
--
-- In "exists (select from member m where m.tenant = tenant)" the second tenant is m's own, too, where m has a
-- column of that name: the comparison is true for every row, and the policy lets all of them pass. As
-- PostgreSQL stores it, this reads m.tenant = m.tenant.

select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    format('a sub-select compares %s with itself, which is always true', found.name) as detail
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral (
    select min(match[1]) as name
    from unnest(array[pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)]) as expression
    cross join lateral regexp_matches(expression, '\(([\w"]+\.[\w"]+) = \1\)', 'g') as match
) as found
where found.name is not null
    and c.relrowsecurity
    and n.nspname <> all (:'ignored_schemas'::name[]);

-- breaks: the column of the wrong table
create schema shop;
create table shop.member (tenant int, user_name name);
create table shop.invoice (id int primary key, tenant int);
alter table shop.invoice enable row level security;
create policy own on shop.invoice
    using (exists (select from shop.member as m where m.tenant = tenant and m.user_name = current_user));

-- holds: qualified
create schema shop;
create table shop.member (tenant int, user_name name);
create table shop.invoice (id int primary key, tenant int);
alter table shop.invoice enable row level security;
create policy own on shop.invoice
    using (exists (select from shop.member as m where m.tenant = invoice.tenant and m.user_name = current_user));
