-- The functions and procedures of the application, with what is needed to read them. Those of an extension are
-- known by name, so their text is left out.
select
    space.nspname,
    routine.proname,
    language.lanname,
    case
        when member.name is not null then ''
        else coalesce(pg_catalog.pg_get_function_sqlbody(routine.oid), routine.prosrc)
    end as body,
    routine.prosqlbody is not null as standard,
    coalesce(member.name, '') as extension,
    array(
        select coalesce(named.name, '')
        from unnest(
            case
                when routine.proargmodes is null then routine.proargnames[1:routine.pronargs]
                else array(
                    select listed.name
                    from unnest(routine.proargnames, routine.proargmodes) with ordinality as listed (
                        name, mode, place
                    )
                    where listed.mode in ('i', 'b', 'v')
                    order by listed.place
                )
            end
        ) with ordinality as named (name, place)
        order by named.place
    )::text[] as names,
    array(
        select pg_catalog.format_type(given.type, null)
        from unnest(routine.proargtypes::oid[]) with ordinality as given (type, place)
        order by given.place
    )::text[] as types,
    case routine.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as volatility,
    array(
        select split_part(clause, '=', 1)
        from unnest(routine.proconfig) as clause
    )::text[] as settings
from pg_catalog.pg_proc as routine
join pg_catalog.pg_namespace as space on space.oid = routine.pronamespace
join pg_catalog.pg_language as language on language.oid = routine.prolang
left join lateral (
    select extension.extname::text as name
    from pg_catalog.pg_depend as link
    join pg_catalog.pg_extension as extension on extension.oid = link.refobjid
    where link.classid = 'pg_catalog.pg_proc'::regclass
        and link.objid = routine.oid
        and link.refclassid = 'pg_catalog.pg_extension'::regclass
        and link.deptype = 'e'
    limit 1
) as member on true
where routine.prokind in ('f', 'p')
    and space.nspname <> 'information_schema'
    and space.nspname not like 'pg\_%'
