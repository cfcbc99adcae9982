-- title: Policy that calls an immutable function which is none
-- level: warning
-- since: 14
-- help: alter function {function} stable;
--
-- An immutable function of constants is evaluated once when the query is planned, and its answer kept with
-- the plan. If it looks at the session, a pooled connection may answer one caller with what is true for
-- another.

select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    'calls ' || string_agg(distinct f.signature, ', ')
    || ', which is called immutable but looks at the session' as detail,
    jsonb_build_object('function', min(f.signature)) as metadata
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
join pg_catalog.pg_depend as d on d.classid = 'pg_catalog.pg_policy'::regclass
    and d.objid = p.oid
    and d.refclassid = 'pg_catalog.pg_proc'::regclass
join lateral (
    select format('%I.%I(%s)', fn.nspname, proc.proname, oidvectortypes(proc.proargtypes)) as signature
    from pg_catalog.pg_proc as proc
    join pg_catalog.pg_namespace as fn on fn.oid = proc.pronamespace
    where proc.oid = d.refobjid
        and proc.provolatile = 'i'
        and coalesce(pg_get_function_sqlbody(proc.oid), proc.prosrc)
            ~* '\m(current_setting|auth\.(uid|jwt|role|email)|current_user|session_user|current_role|now)\M'
) as f on true
where n.nspname <> all (:'ignored_schemas'::name[])
group by n.nspname, c.relname, p.polname;

-- breaks: a setting of the session
create schema shop;
create table shop.invoice (id int primary key, tenant text);
create function shop.tenant() returns text language sql immutable set search_path = ''
    as $$ select current_setting('app.tenant', true) $$;
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (tenant = (select shop.tenant()));

-- breaks: the caller, in a parsed body
create schema shop;
create table shop.invoice (id int primary key, owner name);
create function shop.me() returns name language sql immutable return current_user;
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (owner = (select shop.me()));

-- holds: stable, and immutable with reason
create schema shop;
create table shop.invoice (id int primary key, tenant text);
create function shop.tenant() returns text language sql stable set search_path = ''
    as $$ select current_setting('app.tenant', true) $$;
create function shop.plain(t text) returns text language sql immutable return lower(t);
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (shop.plain(tenant) = (select shop.tenant()));
