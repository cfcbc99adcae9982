-- Operators, their classes and families, and casts, of user schemas.
select
    'operator' as kind,
    operator.oid::pg_catalog.regoperator::text as name,
    pg_catalog.concat_ws(
        E'\n',
        'owner: ' || pg_catalog.pg_get_userbyid(operator.oprowner),
        pg_catalog.format(
            'calls: %s, result %s, commutator %s, negator %s, restrict %s, join %s, hashes %s, merges %s',
            operator.oprcode,
            pg_catalog.format_type(operator.oprresult, null),
            operator.oprcom::pg_catalog.regoperator,
            operator.oprnegate::pg_catalog.regoperator,
            operator.oprrest,
            operator.oprjoin,
            operator.oprcanhash,
            operator.oprcanmerge
        ),
        'comment: ' || pg_catalog.obj_description(operator.oid, 'pg_operator')
    ) as text
from pg_catalog.pg_operator as operator
join pg_catalog.pg_namespace as space
    on space.oid = operator.oprnamespace
where space.nspname <> all (:'ignored'::text[])
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_operator'::pg_catalog.regclass
            and part.objid = operator.oid
            and part.deptype = 'e'
    )
union all
select
    'operator class' as kind,
    pg_catalog.format('%I.%I using %I', space.nspname, class.opcname, method.amname) as name,
    pg_catalog.concat_ws(
        E'\n',
        'owner: ' || pg_catalog.pg_get_userbyid(class.opcowner),
        'for: ' || pg_catalog.format_type(class.opcintype, null),
        case when class.opcdefault then 'default: yes' end,
        'operators: ' || (
            select pg_catalog.string_agg(
                pg_catalog.format('%s %s', member.amopstrategy, member.amopopr::pg_catalog.regoperator),
                ', '
                order by member.amopstrategy, member.amopopr::pg_catalog.regoperator::text
            )
            from pg_catalog.pg_amop as member
            where member.amopfamily = class.opcfamily
        ),
        'functions: ' || (
            select pg_catalog.string_agg(
                pg_catalog.format('%s %s', member.amprocnum, member.amproc::pg_catalog.regprocedure),
                ', '
                order by member.amprocnum, member.amproc::pg_catalog.regprocedure::text
            )
            from pg_catalog.pg_amproc as member
            where member.amprocfamily = class.opcfamily
        )
    ) as text
from pg_catalog.pg_opclass as class
join pg_catalog.pg_namespace as space
    on space.oid = class.opcnamespace
join pg_catalog.pg_am as method
    on method.oid = class.opcmethod
where space.nspname <> all (:'ignored'::text[])
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_opclass'::pg_catalog.regclass
            and part.objid = class.oid
            and part.deptype = 'e'
    )
union all
select
    'cast' as kind,
    pg_catalog.format(
        '%s as %s',
        pg_catalog.format_type(conversion.castsource, null),
        pg_catalog.format_type(conversion.casttarget, null)
    ) as name,
    pg_catalog.format(
        'calls: %s, context %s, method %s',
        conversion.castfunc::pg_catalog.regprocedure,
        conversion.castcontext,
        conversion.castmethod
    ) as text
from pg_catalog.pg_cast as conversion
where conversion.oid >= 16384
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_cast'::pg_catalog.regclass
            and part.objid = conversion.oid
            and part.deptype = 'e'
    )
