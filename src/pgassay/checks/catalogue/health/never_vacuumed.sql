-- title: Tables that were never vacuumed
-- level: warning
-- parameter: least_mb = 100 (number) smaller tables are left alone, in MB
-- help: vacuum (analyze) {object}; and see why autovacuum does not do it (tables_without_autovacuum).
--
-- Judged by the visibility map, which is there as soon as a vacuum has been, not by the statistics, which a
-- crash empties. Index-only scans do not work on such a table, and all its row versions are still to be frozen.

select
    format('%I.%I', n.nspname, c.relname) as object,
    format('%s, and no vacuum ever came by', pg_size_pretty(pg_relation_size(c.oid))) as detail,
    jsonb_build_object('bytes', pg_relation_size(c.oid)) as metadata
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'm')
    and c.relpersistence <> 't'
    and c.relallvisible = 0
    and pg_relation_size(c.oid, 'vm') = 0
    and pg_relation_size(c.oid) >= greatest(1048576 * :'least_mb'::numeric, 1)
    and n.nspname <> all (:'ignored_schemas'::name[])
    and not exists (
        select
        from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
    );

-- breaks: rows, and no vacuum
-- with: least_mb = 0.1
create table public.event (id int, what text);
insert into public.event select n, repeat('x', 100) from generate_series(1, 2000) as n;

-- holds: a table too small to matter
create table public.event (id int, what text);
insert into public.event select n, repeat('x', 100) from generate_series(1, 2000) as n;
