-- Statements that take everything in these schemas back to the privileges that it would have without default privileges:
-- an archive says only what is granted beyond those.
with made as (
    select
        case relation.relkind when 'S' then 'sequence' else 'table' end as kind,
        pg_catalog.format('%I.%I', space.nspname, relation.relname) as name,
        relation.relacl as held,
        pg_catalog.acldefault(case relation.relkind when 'S' then 's' else 'r' end::"char", relation.relowner) as usual,
        relation.relowner as owner
    from pg_catalog.pg_class as relation
    join pg_catalog.pg_namespace as space
        on space.oid = relation.relnamespace
    where space.nspname = any (:'schemas'::text[])
        and relation.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
        and not exists (
            select
            from pg_catalog.pg_depend as part
            where part.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                and part.objid = relation.oid
                and part.deptype = 'e'
        )
    union all
    select
        'routine',
        function.oid::pg_catalog.regprocedure::text,
        function.proacl,
        pg_catalog.acldefault('f', function.proowner),
        function.proowner
    from pg_catalog.pg_proc as function
    join pg_catalog.pg_namespace as space
        on space.oid = function.pronamespace
    where space.nspname = any (:'schemas'::text[])
        and not exists (
            select
            from pg_catalog.pg_depend as part
            where part.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                and part.objid = function.oid
                and part.deptype = 'e'
        )
    union all
    select
        'type',
        pg_catalog.format('%I.%I', space.nspname, type.typname),
        type.typacl,
        pg_catalog.acldefault('T', type.typowner),
        type.typowner
    from pg_catalog.pg_type as type
    join pg_catalog.pg_namespace as space
        on space.oid = type.typnamespace
    where space.nspname = any (:'schemas'::text[])
        and not exists (
            select
            from pg_catalog.pg_depend as part
            where part.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                and part.objid = type.oid
                and part.deptype = 'e'
        )
),

differing as (
    select *
    from made
    where made.held is not null
        and not (made.held @> made.usual and made.held <@ made.usual)
)

select pg_catalog.format('revoke all on %s %s from %s cascade', differing.kind, differing.name, grantee.name) as statement
from differing
cross join lateral (
    select distinct case when held.grantee = 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(held.grantee)) end
    from pg_catalog.aclexplode(differing.held) as held
) as grantee (name)
union all
select pg_catalog.format('grant %s on %s %s to %s', usual.privilege_type, differing.kind, differing.name, grantee.name)
from differing
cross join lateral pg_catalog.aclexplode(differing.usual) as usual
cross join lateral (
    select case when usual.grantee = 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(usual.grantee)) end
) as grantee (name)
order by statement desc
