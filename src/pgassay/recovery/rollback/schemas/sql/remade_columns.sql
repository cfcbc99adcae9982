-- Columns of tables whose types are in these schemas: their values are read again, as text, as values of what has the name.
-- Who inherits such a column has no statements.
with changed as (
    select
        attribute.attrelid,
        attribute.attnum,
        place.name as place,
        attribute.attname,
        attribute.attinhcount > 0 as inherited,
        pg_catalog.format_type(attribute.atttypid, attribute.atttypmod) as type,
        pg_catalog.pg_get_expr(preset.adbin, preset.adrelid) as preset
    from pg_catalog.pg_attribute as attribute
    join pg_catalog.pg_class as relation
        on relation.oid = attribute.attrelid
    join pg_catalog.pg_type as declared
        on declared.oid = attribute.atttypid
    left join pg_catalog.pg_type as element
        on element.typarray = declared.oid
    join pg_catalog.pg_namespace as space
        on space.oid = declared.typnamespace
    left join pg_catalog.pg_attrdef as preset
        on preset.adrelid = attribute.attrelid
        and preset.adnum = attribute.attnum
    cross join lateral (select attribute.attrelid::pg_catalog.regclass::text as name) as place
    where attribute.attrelid = any (:'objects'::oid[])
        and relation.relkind in ('r', 'p')
        and relation.reloftype = 0
        and attribute.attnum > 0
        and not attribute.attisdropped
        and attribute.attgenerated = ''
        and attribute.attcollation = declared.typcollation
        and space.nspname = any (:'schemas'::text[])
        and not exists (
            select
            from pg_catalog.pg_depend as part
            where part.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                and part.objid = coalesce(element.oid, declared.oid)
                and part.deptype = 'e'
        )
),

step as (
    select changed.attrelid, changed.attnum, 1 as place, pg_catalog.format('alter table %s alter column %I drop default', changed.place, changed.attname) as statement
    from changed
    where changed.preset is not null
        and not changed.inherited
    union all
    select
        changed.attrelid,
        changed.attnum,
        2,
        pg_catalog.format(
            'alter table %s alter column %I type %s using %I::pg_catalog.text::%s',
            changed.place,
            changed.attname,
            changed.type,
            changed.attname,
            changed.type
        )
    from changed
    where not changed.inherited
    union all
    select
        changed.attrelid,
        changed.attnum,
        3,
        pg_catalog.format('alter table %s alter column %I set default %s', changed.place, changed.attname, changed.preset)
    from changed
    where changed.preset is not null
        and not changed.inherited
    union all
    select changed.attrelid, changed.attnum, 4, null
    from changed
    where changed.inherited
)

select
    step.attrelid as number,
    pg_catalog.array_agg(step.statement order by step.attnum, step.place) filter (where step.statement is not null) as statements,
    pg_catalog.pg_has_role(pg_catalog.max(relation.relowner), 'usage')
        and not exists (  -- the server lets nobody change the type of a column that these are made of
            select
            from pg_catalog.pg_depend as part
            where part.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                and part.refobjid = step.attrelid
                and part.refobjsubid > 0
                and part.classid in (
                    'pg_catalog.pg_rewrite'::pg_catalog.regclass,
                    'pg_catalog.pg_policy'::pg_catalog.regclass,
                    'pg_catalog.pg_trigger'::pg_catalog.regclass
                )
        ) as may,
    null::text[] as unvalidated,
    '{}'::text[] as first,
    array[pg_catalog.format('lock table %s in access exclusive mode', step.attrelid::pg_catalog.regclass)] as locking
from step
join pg_catalog.pg_class as relation
    on relation.oid = step.attrelid
group by step.attrelid
