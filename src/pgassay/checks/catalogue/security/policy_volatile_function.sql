-- title: Policy that calls a volatile function
-- level: warning
-- since: 14
-- help: alter function {function} stable; if it only reads, as functions in conditions should.
--
-- A volatile function (what a function is unless it says otherwise) is called for each row, even in a
-- sub-select that could be evaluated once, and keeps the planner from using an index. It may also write.

select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    'calls volatile ' || string_agg(distinct f.signature, ', ') as detail,
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
        and proc.provolatile = 'v'
) as f on true
where n.nspname <> all (:'ignored_schemas'::name[])
group by n.nspname, c.relname, p.polname;

-- breaks: a function that says nothing of itself
create schema shop;
create table shop.invoice (id int primary key, owner name);
create function shop.me() returns name language sql set search_path = '' as 'select current_user';
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (owner = (select shop.me()));

-- holds: a stable one
create schema shop;
create table shop.invoice (id int primary key, owner name);
create function shop.me() returns name language sql stable set search_path = '' as 'select current_user';
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (owner = (select shop.me()));
