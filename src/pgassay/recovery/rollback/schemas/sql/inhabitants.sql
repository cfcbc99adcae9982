-- Everything in a schema that does not belong to an extension, with the statement that moves it into another one, in an
-- order in which each statement still names it rightly; and whether this role may. What moves along with its table or its
-- type is left out. The functions that make ranges belong to whom the server does, and do not move along.
with inside as materialized (
    select space.oid, space.nspname
    from pg_catalog.pg_namespace as space
    where space.nspname = :'schema'::text
),

inhabitant as (
    select
        1 as place,
        'pg_catalog.pg_proc'::pg_catalog.regclass as classid,
        part.oid as objid,
        part.proowner as owner,
        'routine ' || part.oid::pg_catalog.regprocedure::text as named
    from pg_catalog.pg_proc as part
    where part.pronamespace = (select inside.oid from inside)
    union all
    select 2, 'pg_catalog.pg_operator'::pg_catalog.regclass, part.oid, part.oprowner, 'operator ' || part.oid::pg_catalog.regoperator::text
    from pg_catalog.pg_operator as part
    where part.oprnamespace = (select inside.oid from inside)
    union all
    select
        3,
        'pg_catalog.pg_opclass'::pg_catalog.regclass,
        part.oid,
        part.opcowner,
        pg_catalog.format('operator class %I.%I using %I', inside.nspname, part.opcname, method.amname)
    from inside
    join pg_catalog.pg_opclass as part
        on part.opcnamespace = inside.oid
    join pg_catalog.pg_am as method
        on method.oid = part.opcmethod
    union all
    select
        4,
        'pg_catalog.pg_opfamily'::pg_catalog.regclass,
        part.oid,
        part.opfowner,
        pg_catalog.format('operator family %I.%I using %I', inside.nspname, part.opfname, method.amname)
    from inside
    join pg_catalog.pg_opfamily as part
        on part.opfnamespace = inside.oid
    join pg_catalog.pg_am as method
        on method.oid = part.opfmethod
    union all
    select
        5,
        'pg_catalog.pg_class'::pg_catalog.regclass,
        part.oid,
        part.relowner,
        pg_catalog.format('table %I.%I', inside.nspname, part.relname)
    from inside
    join pg_catalog.pg_class as part
        on part.relnamespace = inside.oid
    where part.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
        and not exists (
            select
            from pg_catalog.pg_depend as feeding
            where part.relkind = 'S'
                and feeding.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                and feeding.objid = part.oid
                and feeding.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                and feeding.refobjsubid > 0
                and feeding.deptype in ('a', 'i')
        )
    union all
    select
        6,
        'pg_catalog.pg_statistic_ext'::pg_catalog.regclass,
        part.oid,
        part.stxowner,
        pg_catalog.format('statistics %I.%I', inside.nspname, part.stxname)
    from inside
    join pg_catalog.pg_statistic_ext as part
        on part.stxnamespace = inside.oid
    union all
    select
        6,
        'pg_catalog.pg_collation'::pg_catalog.regclass,
        part.oid,
        part.collowner,
        pg_catalog.format('collation %I.%I', inside.nspname, part.collname)
    from inside
    join pg_catalog.pg_collation as part
        on part.collnamespace = inside.oid
    union all
    select
        6,
        'pg_catalog.pg_conversion'::pg_catalog.regclass,
        part.oid,
        part.conowner,
        pg_catalog.format('conversion %I.%I', inside.nspname, part.conname)
    from inside
    join pg_catalog.pg_conversion as part
        on part.connamespace = inside.oid
    union all
    select
        6,
        'pg_catalog.pg_ts_config'::pg_catalog.regclass,
        part.oid,
        part.cfgowner,
        pg_catalog.format('text search configuration %I.%I', inside.nspname, part.cfgname)
    from inside
    join pg_catalog.pg_ts_config as part
        on part.cfgnamespace = inside.oid
    union all
    select
        6,
        'pg_catalog.pg_ts_dict'::pg_catalog.regclass,
        part.oid,
        part.dictowner,
        pg_catalog.format('text search dictionary %I.%I', inside.nspname, part.dictname)
    from inside
    join pg_catalog.pg_ts_dict as part
        on part.dictnamespace = inside.oid
    union all
    select
        6,
        'pg_catalog.pg_ts_parser'::pg_catalog.regclass,
        part.oid,
        10,  -- no owner: the first superuser's
        pg_catalog.format('text search parser %I.%I', inside.nspname, part.prsname)
    from inside
    join pg_catalog.pg_ts_parser as part
        on part.prsnamespace = inside.oid
    union all
    select
        6,
        'pg_catalog.pg_ts_template'::pg_catalog.regclass,
        part.oid,
        10,
        pg_catalog.format('text search template %I.%I', inside.nspname, part.tmplname)
    from inside
    join pg_catalog.pg_ts_template as part
        on part.tmplnamespace = inside.oid
    union all
    select
        7,
        'pg_catalog.pg_type'::pg_catalog.regclass,
        part.oid,
        part.typowner,
        pg_catalog.format('type %I.%I', inside.nspname, part.typname)
    from inside
    join pg_catalog.pg_type as part
        on part.typnamespace = inside.oid
    where not exists (select from pg_catalog.pg_type as element where element.typarray = part.oid)
        and not exists (
            select
            from pg_catalog.pg_class as relation
            where relation.oid = part.typrelid
                and relation.relkind <> 'c'
        )
)

select
    coalesce(
        'the functions of ' || (
            select pg_catalog.pg_describe_object(made.refclassid, made.refobjid, 0)
            from pg_catalog.pg_depend as made
            where made.classid = inhabitant.classid
                and made.objid = inhabitant.objid
                and made.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
                and made.deptype = 'i'
                and inhabitant.place = 1
        ),
        pg_catalog.pg_describe_object(inhabitant.classid, inhabitant.objid, 0)
    ) as what,
    pg_catalog.format('alter %s set schema %I', inhabitant.named, :'into'::text) as statement,
    pg_catalog.pg_has_role(inhabitant.owner, 'usage') as may
from inhabitant
where not exists (
    select
    from pg_catalog.pg_depend as part
    where part.classid = inhabitant.classid
        and part.objid = inhabitant.objid
        and part.deptype = 'e'
)
order by inhabitant.place, what
