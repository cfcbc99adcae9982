-- title: Collations that changed below the indexes
-- level: warning
-- help: Rebuild what is sorted by it (reindex), then: alter collation {object} refresh version;
--
-- A new version of libc or ICU may sort differently; an index that was built with the old order then misses rows,
-- and unique constraints let duplicates in. Only collations that a column or an index uses are looked at.

select
    format('%I.%I', n.nspname, c.collname) as object,
    format('built with version %s, now %s', c.collversion, coalesce(pg_collation_actual_version(c.oid), 'none')) as detail
from pg_catalog.pg_collation as c
join pg_catalog.pg_namespace as n on n.oid = c.collnamespace
where c.collversion is not null
    and c.collversion is distinct from pg_collation_actual_version(c.oid)
    and c.oid in (
        select a.attcollation
        from pg_catalog.pg_attribute as a
        join pg_catalog.pg_class as r on r.oid = a.attrelid
        join pg_catalog.pg_namespace as m on m.oid = r.relnamespace
        where a.attcollation <> 0 and m.nspname <> all (:'ignored_schemas'::name[])
    );

-- breaks: a column sorted by another version
create collation public.mine (provider = libc, locale = 'C.UTF-8');
update pg_catalog.pg_collation set collversion = '0.1' where collname = 'mine';
create table public.customer (name text collate public.mine);

-- holds: a changed collation that nothing uses
create collation public.mine (provider = libc, locale = 'C.UTF-8');
update pg_catalog.pg_collation set collversion = '0.1' where collname = 'mine';
create table public.customer (name text collate "C");
