-- title: Policy that calls a function whose names the caller can bend
-- level: warning
-- since: 14
-- help: alter function {function} set search_path = ''; with every name in it qualified.
--
-- A function in a condition runs for whoever queries the table, with that session's search_path. If its text
-- names a table or function without schema, the caller can put another of that name in front and decide the
-- answer. Functions with a parsed body are bound when they are created; SECURITY DEFINER ones are the matter
-- of definer_search_path.

select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    'depends on the search_path of the caller by ' || string_agg(distinct f.signature, ', ') as detail,
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
    join pg_catalog.pg_language as l on l.oid = proc.prolang
    where proc.oid = d.refobjid
        and not proc.prosecdef
        and proc.prosqlbody is null
        and l.lanname not in ('internal', 'c')
        and fn.nspname <> all (:'ignored_schemas'::name[])
        and not exists (
            select from unnest(proc.proconfig) as setting where setting like 'search\_path=%'
        )
        and not exists (
            select
            from pg_catalog.pg_depend as e
            where e.classid = 'pg_catalog.pg_proc'::regclass
                and e.objid = proc.oid
                and e.deptype = 'e'
        )
) as f on true
where n.nspname <> all (:'ignored_schemas'::name[])
group by n.nspname, c.relname, p.polname;

-- breaks: names without a schema
create schema shop;
create table shop.admin (name name);
create table shop.invoice (id int primary key);
create function shop.is_admin() returns boolean language plpgsql stable
    as $$ begin return exists (select from admin where name = current_user); end $$;
alter table shop.invoice enable row level security;
create policy admins on shop.invoice using ((select shop.is_admin()));

-- holds: a fixed path, and a parsed body
create schema shop;
create table shop.admin (name name);
create table shop.invoice (id int primary key);
create function shop.is_admin() returns boolean language plpgsql stable set search_path = ''
    as $$ begin return exists (select from shop.admin where name = current_user); end $$;
create function shop.is_me(who name) returns boolean language sql stable return who = current_user;
alter table shop.invoice enable row level security;
create policy admins on shop.invoice using ((select shop.is_admin()) and shop.is_me('x'));
