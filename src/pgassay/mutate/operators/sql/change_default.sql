-- section: columns
-- title: a default changed
--
-- To the opposite, to one more, or to another label, as the column's type allows.

select
    'pg_catalog.pg_class'::pg_catalog.regclass as class,
    relation.oid,
    pg_catalog.format('%I.%I.%I', home.nspname, relation.relname, attribute.attname) as subject,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as object,
    attribute.attname as name,
    pg_catalog.format(
        'column %I of %I.%I starts as %s', attribute.attname, home.nspname, relation.relname, changed.expression
    ) as description,
    pg_catalog.format(
        'alter table %I.%I alter column %I set default %s',
        home.nspname,
        relation.relname,
        attribute.attname,
        changed.expression
    ) as ddl,
    array[relation.oid] as relations
from pg_catalog.pg_attribute as attribute
join pg_catalog.pg_class as relation
    on relation.oid = attribute.attrelid
join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
join pg_catalog.pg_attrdef as standard
    on standard.adrelid = relation.oid
    and standard.adnum = attribute.attnum
join pg_catalog.pg_type as type
    on type.oid = attribute.atttypid
cross join lateral pg_catalog.pg_get_expr(standard.adbin, standard.adrelid) as current (expression)
cross join lateral (
    select
        case
            when attribute.atttypid = 'pg_catalog.bool'::pg_catalog.regtype
                then pg_catalog.format('(not (%s))', current.expression)
            when type.typcategory = 'N' and current.expression !~ 'nextval'
                then pg_catalog.format('((%s) + 1)', current.expression)
            when type.typtype = 'e' and current.expression ~ '^''[^'']*''::'
                then (
                    select pg_catalog.format('%L', label.enumlabel)
                    from pg_catalog.pg_enum as label
                    where label.enumtypid = type.oid
                        and not pg_catalog.starts_with(current.expression, pg_catalog.quote_literal(label.enumlabel))
                    order by label.enumsortorder
                    limit 1
                )
        end
) as changed (expression)
where home.nspname = any (:'schemas'::name[])
    and attribute.attnum > 0
    and not attribute.attisdropped
    and attribute.attgenerated = ''
    and attribute.attinhcount = 0
    and changed.expression is not null;
