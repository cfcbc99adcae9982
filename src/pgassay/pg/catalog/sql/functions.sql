-- Functions, procedures and aggregates: body, settings, whose rights they run with, who may call them.
select
    case function.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end as kind,
    pg_catalog.format(
        '%I.%I(%s)',
        space.nspname,
        function.proname,
        pg_catalog.pg_get_function_identity_arguments(function.oid)
    ) as name,
    pg_catalog.concat_ws(
        E'\n',
        'owner: ' || pg_catalog.pg_get_userbyid(function.proowner),
        'privileges: ' || acl.text,
        'definition: ' || case
            when function.prokind <> 'a' then pg_catalog.pg_get_functiondef(function.oid)
            else pg_catalog.format(
                '%s %s %s(%s) final %s combine %s initial %L sort %s',
                pg_catalog.pg_get_function_result(function.oid),
                aggregate.aggkind,
                aggregate.aggtransfn::pg_catalog.regproc,
                pg_catalog.format_type(aggregate.aggtranstype, null),
                aggregate.aggfinalfn::pg_catalog.regproc,
                aggregate.aggcombinefn::pg_catalog.regproc,
                aggregate.agginitval,
                aggregate.aggsortop::pg_catalog.regoperator
            )
        end,
        'comment: ' || pg_catalog.obj_description(function.oid, 'pg_proc')
    ) as text
from pg_catalog.pg_proc as function
join pg_catalog.pg_namespace as space
    on space.oid = function.pronamespace
left join pg_catalog.pg_aggregate as aggregate
    on aggregate.aggfnoid = function.oid
cross join lateral (
    select pg_catalog.string_agg(line, ' ' order by line collate "C") as text
    from pg_catalog.aclexplode(
        coalesce(function.proacl, pg_catalog.acldefault('f', function.proowner))
    ) as held
    cross join lateral pg_catalog.format(
        '%s=%s%s/%s',
        case when held.grantee = 0 then 'public' else pg_catalog.pg_get_userbyid(held.grantee) end,
        pg_catalog.lower(held.privilege_type),
        case when held.is_grantable then '*' end,
        pg_catalog.pg_get_userbyid(held.grantor)
    ) as line
) as acl
where space.nspname <> all (:'ignored'::text[])
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
            and part.objid = function.oid
            and part.deptype = 'e'
    )
