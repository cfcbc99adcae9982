-- The relations that are there, and the sequences that inserting into them advances: those that an identity
-- column owns, and those that a default uses.
with advanced as (
    select link.refobjid as relation, link.objid as sequence
    from pg_catalog.pg_depend as link
    where link.classid = 'pg_catalog.pg_class'::regclass
        and link.refclassid = 'pg_catalog.pg_class'::regclass
        and link.deptype = 'i'
    union
    select value.adrelid, link.refobjid
    from pg_catalog.pg_attrdef as value
    join pg_catalog.pg_depend as link on link.classid = 'pg_catalog.pg_attrdef'::regclass
        and link.objid = value.oid
        and link.refclassid = 'pg_catalog.pg_class'::regclass
),
named as (
    select
        advanced.relation,
        array_agg(pg_catalog.format('%I.%I', space.nspname, sequence.relname)) as sequences
    from advanced
    join pg_catalog.pg_class as sequence on sequence.oid = advanced.sequence and sequence.relkind = 'S'
    join pg_catalog.pg_namespace as space on space.oid = sequence.relnamespace
    group by advanced.relation
)
select
    space.nspname,
    relation.relname,
    relation.relkind::text,
    coalesce(named.sequences, '{}')::text[] as sequences
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as space on space.oid = relation.relnamespace
left join named on named.relation = relation.oid
where relation.relkind in ('r', 'p', 'm', 'v', 'f', 'S', 'i', 'I')
    and space.nspname <> 'information_schema'
    and space.nspname not like 'pg\_%'
