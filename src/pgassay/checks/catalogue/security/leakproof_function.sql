-- title: Function that claims to be leakproof
-- level: warning
-- since: 14
-- help: alter function {object} not leakproof; unless it was proven to give nothing away.
--
-- The planner may call a leakproof function on rows that policies or security_barrier views are about to
-- hide. One that raises an error with its argument, or writes it somewhere, shows those rows.

select
    format('%I.%I(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes)) as object,
    format('is LEAKPROOF, written in %I', l.lanname) as detail
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
join pg_catalog.pg_language as l on l.oid = p.prolang
where p.proleakproof
    and n.nspname <> all (:'ignored_schemas'::name[])
    and not exists (
        select
        from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_proc'::regclass
            and d.objid = p.oid
            and d.deptype = 'e'
    );

-- breaks: a function of one's own
create schema shop;
create function shop.is_one(n int) returns boolean language sql immutable leakproof return n = 1;

-- holds: without the claim
create schema shop;
create function shop.is_one(n int) returns boolean language sql immutable return n = 1;
