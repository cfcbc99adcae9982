-- The aggregates of the application, each with a query that calls the functions that it consists of.
select
    space.nspname,
    routine.proname,
    array(
        select pg_catalog.format_type(given.type, null)
        from unnest(routine.proargtypes::oid[]) with ordinality as given (type, place)
        order by given.place
    )::text[] as types,
    (
        select 'select ' || string_agg(pg_catalog.format('%I.%I()', owner.nspname, part.proname), ', ')
        from pg_catalog.pg_proc as part
        join pg_catalog.pg_namespace as owner on owner.oid = part.pronamespace
        where part.oid in (
            aggregate.aggtransfn, aggregate.aggfinalfn, aggregate.aggcombinefn, aggregate.aggserialfn,
            aggregate.aggdeserialfn, aggregate.aggmtransfn, aggregate.aggminvtransfn, aggregate.aggmfinalfn
        )
    ) as calls,
    coalesce(
        (
            select extension.extname::text
            from pg_catalog.pg_depend as link
            join pg_catalog.pg_extension as extension on extension.oid = link.refobjid
            where link.classid = 'pg_catalog.pg_proc'::regclass
                and link.objid = routine.oid
                and link.refclassid = 'pg_catalog.pg_extension'::regclass
                and link.deptype = 'e'
            limit 1
        ),
        ''
    ) as extension
from pg_catalog.pg_aggregate as aggregate
join pg_catalog.pg_proc as routine on routine.oid = aggregate.aggfnoid
join pg_catalog.pg_namespace as space on space.oid = routine.pronamespace
where space.nspname <> 'information_schema'
    and space.nspname not like 'pg\_%'
