-- Columns that are generated, which older servers can only drop and add: they are computed anew. Who inherits one has no
-- statements.
select
    part.oid as number,
    case when attribute.attinhcount = 0 then array[
        pg_catalog.format(
            'alter table %s alter column %I set expression as (%s)',
            part.adrelid::pg_catalog.regclass,
            attribute.attname,
            pg_catalog.pg_get_expr(part.adbin, part.adrelid)
        )
    ] end as statements,
    pg_catalog.pg_has_role(relation.relowner, 'usage') as may,
    null::text[] as unvalidated,
    '{}'::text[] as first,
    array[pg_catalog.format('lock table %s in access exclusive mode', part.adrelid::pg_catalog.regclass)] as locking
from pg_catalog.pg_attrdef as part
join pg_catalog.pg_class as relation
    on relation.oid = part.adrelid
join pg_catalog.pg_attribute as attribute
    on attribute.attrelid = part.adrelid
    and attribute.attnum = part.adnum
where part.oid = any (:'objects'::oid[])
    and attribute.attgenerated <> ''
    and pg_catalog.current_setting('server_version_num')::integer >= 170000
