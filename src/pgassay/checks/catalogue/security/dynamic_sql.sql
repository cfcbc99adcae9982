-- title: SQL put together from arguments
-- level: info
-- since: 14
-- help: In {object}, pass values by EXECUTE … USING, and names by format('%I', …).
--
-- A list to go through. Seen are PL/pgSQL functions with arguments that run text made by || or by format's
-- %s, and neither quote it (quote_ident, quote_literal, %I, %L) nor pass it by USING. A warning where the
-- function has its owner's rights.

select
    format('%I.%I(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes)) as object,
    'runs SQL that is put together without quoting' as detail,
    case when p.prosecdef then 'warning' else 'info' end as level
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
join pg_catalog.pg_language as l on l.oid = p.prolang
where l.lanname = 'plpgsql'
    and p.pronargs > 0
    and n.nspname <> all (:'ignored_schemas'::name[])
    and p.prosrc ~* '\mexecute\s+(format\s*\(|[^;]*\|\|)'
    and p.prosrc ~* '(\|\||%s)'
    and p.prosrc !~* '(quote_ident|quote_literal|quote_nullable|%[0-9$]*I|%[0-9$]*L|\musing\M|regclass|regproc)'
    and not exists (
        select
        from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_proc'::regclass
            and d.objid = p.oid
            and d.deptype = 'e'
    );

-- breaks: a name by ||
create schema shop;
create function shop.empty(what text) returns void language plpgsql
    as $$ begin execute 'delete from ' || what; end $$;

-- breaks: the same with the owner's rights
-- expect: warning
create schema shop;
create function shop.empty(what text) returns void language plpgsql security definer set search_path = ''
    as $$ begin execute format('delete from %s', what); end $$;

-- holds: quoted, and without any EXECUTE
create schema shop;
create function shop.empty(what text) returns void language plpgsql
    as $$ begin execute format('delete from shop.%I', what); end $$;
create function shop.greet(who text) returns text language plpgsql as $$ begin return 'hello ' || who; end $$;
create function shop.drop_old(days int) returns void language plpgsql
    as $$ begin execute 'delete from ' || 'shop.invoice where age > $1' using days; end $$;
