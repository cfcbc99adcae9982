-- For each table, and each materialized view that is populated, two queries that count its rows and hash them: by
-- the hashes of their types, and by their text. Sums of hashes do not depend on the order of rows. The hash of a
-- type is used only where it is of the value alone: that of an enum is of its number, which a restored one has not.
-- Generated columns that are not stored, and what belongs to an extension, are left out.
select
    pg_catalog.format('%I.%I', space.nspname, relation.relname) as name,
    relation.relkind::text as kind,
    coalesce(pg_catalog.bool_and(trait.hashable), false) as hashable,
    pg_catalog.format(
        'select pg_catalog.count(*), coalesce(pg_catalog.sum(pg_catalog.hash_record_extended(row(%s), 0)), 0)::text'
        ' from only %I.%I as content',
        pg_catalog.string_agg(trait.reference, ', ' order by attribute.attname),
        space.nspname,
        relation.relname
    ) as by_hash,
    pg_catalog.format(
        'select pg_catalog.count(*), coalesce(pg_catalog.sum(pg_catalog.hashtextextended(row(%s)::text, 0)), 0)::text'
        ' from only %I.%I as content',
        pg_catalog.string_agg(trait.reference, ', ' order by attribute.attname),
        space.nspname,
        relation.relname
    ) as by_text
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
left join pg_catalog.pg_attribute as attribute
    on attribute.attrelid = relation.oid
    and attribute.attnum > 0
    and not attribute.attisdropped
    and attribute.attgenerated <> 'v'
left join pg_catalog.pg_type as declared
    on declared.oid = attribute.atttypid
left join pg_catalog.pg_type as type
    on type.oid = coalesce(nullif(declared.typbasetype, 0), declared.oid)
left join pg_catalog.pg_collation as sorting
    on sorting.oid = attribute.attcollation
cross join lateral (
    select
        -- A table may have no columns at all, and rows all the same.
        case when attribute.attname is not null then pg_catalog.format('content.%I', attribute.attname) end as reference,
        coalesce(sorting.collisdeterministic, true)
            and case when type.typcategory = 'A' then type.typelem else type.oid end = any (
                '{bool,char,int2,int4,int8,float4,float8,numeric,text,varchar,bpchar,name,bytea,uuid,jsonb,date,time,'
                'timetz,timestamp,timestamptz,interval,inet,cidr,macaddr,macaddr8}'::pg_catalog.regtype[]::pg_catalog.oid[]
            ) as hashable
) as trait
where relation.relkind in ('r', 'm')
    and relation.relispopulated
    and relation.relpersistence <> 't'
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            and part.objid = relation.oid
            and part.deptype = 'e'
    )
group by space.nspname, relation.relname, relation.relkind, relation.relpages
order by relation.relpages desc, name
