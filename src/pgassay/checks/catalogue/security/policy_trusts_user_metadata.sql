-- title: Policy that trusts what users write about themselves
-- level: failed
-- since: 14
-- help: Use app_metadata, which only the server writes, or a table of your own, in {object}.
--
-- user_metadata in a token (raw_user_meta_data in auth.users) can be changed by the user it describes, so a
-- role or tenant in it can be chosen at will. Seen in the policy itself, and in the text of functions that
-- the policy calls.

with named as (
    select
        p.oid as policy,
        'its condition' as place
    from pg_catalog.pg_policy as p
    where pg_get_expr(p.polqual, p.polrelid) ~ '\m(user_metadata|raw_user_meta_data)\M'
        or pg_get_expr(p.polwithcheck, p.polrelid) ~ '\m(user_metadata|raw_user_meta_data)\M'
    union
    select
        d.objid,
        format('the function %I.%I that it calls', fn.nspname, f.proname)
    from pg_catalog.pg_depend as d
    join pg_catalog.pg_proc as f on f.oid = d.refobjid
    join pg_catalog.pg_namespace as fn on fn.oid = f.pronamespace
    where d.classid = 'pg_catalog.pg_policy'::regclass
        and d.refclassid = 'pg_catalog.pg_proc'::regclass
        and coalesce(pg_get_function_sqlbody(f.oid), f.prosrc) ~ '\m(user_metadata|raw_user_meta_data)\M'
)
select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    'user metadata decides in ' || string_agg(named.place, ' and in ' order by named.place) as detail
from named
join pg_catalog.pg_policy as p on p.oid = named.policy
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where n.nspname <> all (:'ignored_schemas'::name[])
group by n.nspname, c.relname, p.polname;

-- breaks: a tenant chosen by the user
create schema shop;
create table shop.invoice (id int primary key, tenant text);
alter table shop.invoice enable row level security;
create policy own on shop.invoice
    using (tenant = (current_setting('request.jwt.claims', true)::jsonb -> 'user_metadata' ->> 'tenant'));

-- breaks: hidden in a function
create schema shop;
create table shop.invoice (id int primary key, tenant text);
create function shop.is_admin() returns boolean language sql stable
    as $$ select current_setting('request.jwt.claims', true)::jsonb -> 'user_metadata' ->> 'role' = 'admin' $$;
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (shop.is_admin());

-- breaks: hidden in a function whose body is parsed
create schema shop;
create table shop.invoice (id int primary key, tenant text);
create function shop.is_admin() returns boolean language sql stable
    return current_setting('request.jwt.claims', true)::jsonb -> 'user_metadata' ->> 'role' = 'admin';
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (shop.is_admin());

-- holds: what only the server writes
create schema shop;
create table shop.invoice (id int primary key, tenant text);
alter table shop.invoice enable row level security;
create policy own on shop.invoice
    using (tenant = (current_setting('request.jwt.claims', true)::jsonb -> 'app_metadata' ->> 'tenant'));

-- breaks: of new rows
create schema shop;
create table shop.invoice (id int primary key, tenant text);
alter table shop.invoice enable row level security;
create policy adding on shop.invoice for insert
    with check (tenant = (current_setting('request.jwt.claims', true)::jsonb -> 'user_metadata' ->> 'tenant'));
