-- title: Invalid indexes
-- level: failed
-- area: pre-migration, post-migration
-- help: drop index concurrently {object}; and create it again; or: reindex index concurrently {object};
--
-- What an interrupted CREATE INDEX CONCURRENTLY leaves: it costs at every write, and no query uses it; a unique
-- one may not hold what it promises. One that is being built right now is left alone. Of a partitioned table's
-- index, a partition lacks its part: a warning.

select
    format('%I.%I', n.nspname, c.relname) as object,
    case
        when c.relkind = 'I' then format('not every partition of %s has its part of it', i.indrelid::regclass)
        when not i.indisready then format('on %s: neither filled nor kept up', i.indrelid::regclass)
        else format('on %s: kept up at every write, used by no query', i.indrelid::regclass)
    end as detail,
    case when c.relkind = 'I' then 'warning' else 'failed' end as level,
    case
        when c.relkind = 'I' then format(
            'Create the index on each partition, then: alter index %I.%I attach partition ...;', n.nspname, c.relname
        )
    end as remediation
from pg_catalog.pg_index as i
join pg_catalog.pg_class as c on c.oid = i.indexrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where not (i.indisvalid and i.indisready and i.indislive)
    and n.nspname <> all (:'ignored_schemas'::name[])
    and not exists (
        select
        from pg_catalog.pg_stat_progress_create_index as p
        where p.datname = current_database() and (p.index_relid = i.indexrelid or p.relid = i.indrelid)
    );

-- breaks: an index that was never finished
create table public.invoice (id int primary key, number text);
create unique index invoice_number on public.invoice (number);
update pg_catalog.pg_index set indisvalid = false where indexrelid = 'public.invoice_number'::regclass;

-- breaks: a partition without its part
-- expect: warning
create table public.event (id int, at date) partition by range (at);
create table public.event_1 partition of public.event for values from ('2026-01-01') to ('2027-01-01');
create index event_id on only public.event (id);

-- holds: valid ones
create table public.invoice (id int primary key, number text unique);
create index on public.invoice (number) where id > 100;
