-- title: Which table an index belongs to or a foreign key leads to, and which objects another one's definition uses
--
-- Numbers of the catalogs and in them. What a view selects from hangs on its rule, what a column defaults to on
-- the default: each leads to the relation that it is a part of. Foreign keys do not count: whoever meets one reads
-- the other table.

select
    'index' as kind,
    pg_catalog.format('%I.%I', space.nspname, relation.relname) as name,
    0::bigint as class,
    index.indrelid::bigint as object,
    0::bigint as used_class,
    0::bigint as used
from pg_catalog.pg_index as index
join pg_catalog.pg_class as relation on relation.oid = index.indexrelid
join pg_catalog.pg_namespace as space on space.oid = relation.relnamespace
where index.indexrelid >= 16384
union all
select
    'reference',
    pg_catalog.format('%I.%I.%I', space.nspname, relation.relname, rule.conname),
    0,
    rule.confrelid::bigint,
    0,
    0
from pg_catalog.pg_constraint as rule
join pg_catalog.pg_class as relation on relation.oid = rule.conrelid
join pg_catalog.pg_namespace as space on space.oid = relation.relnamespace
where rule.contype = 'f'
    and rule.conparentid = 0
union all
select distinct
    'use',
    null,
    case when part.home is null then link.classid else 'pg_catalog.pg_class'::pg_catalog.regclass end::oid::bigint,
    coalesce(part.home, link.objid)::bigint,
    link.refclassid::bigint,
    link.refobjid::bigint
from pg_catalog.pg_depend as link
left join lateral (
    select rule.ev_class as home
    from pg_catalog.pg_rewrite as rule
    where link.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
        and rule.oid = link.objid
    union all
    select value.adrelid
    from pg_catalog.pg_attrdef as value
    where link.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
        and value.oid = link.objid
    union all
    select rule.conrelid
    from pg_catalog.pg_constraint as rule
    where link.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
        and rule.oid = link.objid
        and rule.conrelid <> 0
        and rule.contype <> 'f'
) as part on true
where link.deptype in ('n', 'a', 'i')
    and link.objid >= 16384
    and link.refobjid >= 16384
    and link.refclassid in (
        'pg_catalog.pg_class'::pg_catalog.regclass,
        'pg_catalog.pg_proc'::pg_catalog.regclass,
        'pg_catalog.pg_type'::pg_catalog.regclass
    )
    and coalesce(part.home, link.objid) <> link.refobjid
    and (part.home is not null or link.classid <> 'pg_catalog.pg_constraint'::pg_catalog.regclass)
