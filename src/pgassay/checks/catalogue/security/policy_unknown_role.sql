-- title: Policy that asks for a role that there is not
-- level: warning
-- since: 14
-- help: Correct the name in {object}; select rolname from pg_roles shows those that there are.
--
-- auth.role() gives the role of the request. Compared with a name that no role has, or with that of an
-- application's own kind of user, it is never true, and nobody passes.

select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    'there is no role ' || string_agg(distinct quote_literal(named.role), ', ') as detail
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral unnest(
    array[pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)]
) as expression
cross join lateral (
    select match[1] as role
    from regexp_matches(expression, 'auth\.role\(\)(?: AS \w+\))? = ''((?:[^'']|'''')*)''::text', 'g') as match
) as named
where strpos(expression, 'auth.role()') > 0
    and n.nspname <> all (:'ignored_schemas'::name[])
    and not exists (select from pg_catalog.pg_roles as r where r.rolname = named.role)
group by n.nspname, c.relname, p.polname;

-- breaks: misspelt
create schema auth;
create function auth.role() returns text language sql stable return current_setting('request.role', true);
create schema shop;
create table shop.invoice (id int primary key, tenant int);
alter table shop.invoice enable row level security;
create policy members on shop.invoice using (tenant = 1 and (select auth.role()) = 'authentified');

-- holds: a role that there is
create schema auth;
create function auth.role() returns text language sql stable return current_setting('request.role', true);
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, tenant int);
alter table shop.invoice enable row level security;
create policy members on shop.invoice using (tenant = 1 and auth.role() = 'clerk');
