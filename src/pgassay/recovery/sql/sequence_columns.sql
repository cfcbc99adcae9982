-- For each sequence that a column takes its values from, a query: would the next value be one that is there already?
select
    pg_catalog.format('%I.%I', space.nspname, relation.relname) as name,
    pg_catalog.format(
        'select %L, (select case when is_called then last_value + %s else last_value end from %I.%I)::numeric,'
        ' (select %s(%I)::numeric from %I.%I)',
        pg_catalog.format('%I.%I.%I', home.nspname, owner.relname, attribute.attname),
        sequence.seqincrement,
        space.nspname,
        relation.relname,
        case when sequence.seqincrement > 0 then 'max' else 'min' end,
        attribute.attname,
        home.nspname,
        owner.relname
    ) as query,
    sequence.seqincrement > 0 as ascending
from pg_catalog.pg_sequence as sequence
join pg_catalog.pg_class as relation
    on relation.oid = sequence.seqrelid
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
join (
    select held.objid as sequence, held.refobjid as relation, held.refobjsubid as attribute
    from pg_catalog.pg_depend as held
    where held.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and held.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and held.deptype in ('a', 'i')
    union
    select held.refobjid, preset.adrelid, preset.adnum
    from pg_catalog.pg_depend as held
    join pg_catalog.pg_attrdef as preset
        on preset.oid = held.objid
    where held.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
        and held.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
) as used
    on used.sequence = relation.oid
join pg_catalog.pg_class as owner
    on owner.oid = used.relation
join pg_catalog.pg_namespace as home
    on home.oid = owner.relnamespace
join pg_catalog.pg_attribute as attribute
    on attribute.attrelid = owner.oid
    and attribute.attnum = used.attribute
where not sequence.seqcycle
    and attribute.atttypid = any ('{int2,int4,int8,numeric}'::pg_catalog.regtype[])
    and owner.relkind in ('r', 'p')
    and relation.relpersistence <> 't'
order by name
