-- For each sequence a query that reads it.
select
    pg_catalog.format('%I.%I', space.nspname, relation.relname) as name,
    pg_catalog.format(
        'select case when is_called then last_value end, %s::bigint, %s from %I.%I',
        sequence.seqincrement,
        sequence.seqcycle::text,
        space.nspname,
        relation.relname
    ) as query
from pg_catalog.pg_sequence as sequence
join pg_catalog.pg_class as relation
    on relation.oid = sequence.seqrelid
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where relation.relpersistence <> 't'
    and space.nspname !~ '^pg_'
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            and part.objid = relation.oid
            and part.deptype = 'e'
    )
order by space.nspname, relation.relname
