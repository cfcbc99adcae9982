-- Statements that give one schema the owner, the privileges and the default privileges that another one has; of default
-- privileges, those that this role may set.
with known as (
    select
        space.oid,
        space.nspname,
        space.nspowner,
        coalesce(space.nspacl, pg_catalog.acldefault('n', space.nspowner)) as held
    from pg_catalog.pg_namespace as space
    where space.nspname in (:'schema'::text, :'into'::text)
),

promised as (
    select
        known.nspname,
        pg_catalog.format(
            'alter default privileges for role %I in schema %I', pg_catalog.pg_get_userbyid(future.defaclrole), :'into'::text
        ) as beginning,
        case future.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'routines' else 'types' end as kind,
        held.privilege_type,
        case when held.grantee = 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(held.grantee)) end as grantee,
        case when held.is_grantable then ' with grant option' end as further
    from known
    join pg_catalog.pg_default_acl as future
        on future.defaclnamespace = known.oid
    cross join lateral pg_catalog.aclexplode(future.defaclacl) as held
    where pg_catalog.pg_has_role(future.defaclrole, 'usage')
),

granted as (
    select
        known.nspname,
        held.privilege_type,
        case when held.grantee = 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(held.grantee)) end as grantee,
        case when held.is_grantable and held.grantee <> known.nspowner then ' with grant option' end as further
    from known
    cross join lateral pg_catalog.aclexplode(known.held) as held
),

step as (
    select
        1 as place,
        pg_catalog.format('alter schema %I owner to %I', :'into'::text, pg_catalog.pg_get_userbyid(known.nspowner)) as statement
    from known
    where known.nspname = :'schema'::text
        and known.nspowner <> (select other.nspowner from known as other where other.nspname = :'into'::text)
    union all
    select distinct 2, pg_catalog.format('revoke all on schema %I from %s cascade', :'into'::text, granted.grantee)
    from granted
    union all
    -- Who may grant further comes last: else it would be this role's way to grant, instead of the owner's.
    select
        case when granted.further is null then 3 else 4 end,
        pg_catalog.format('grant %s on schema %I to %s%s', granted.privilege_type, :'into'::text, granted.grantee, granted.further)
    from granted
    where granted.nspname = :'schema'::text
    union all
    select distinct 5, pg_catalog.format('%s revoke all on %s from %s', promised.beginning, promised.kind, promised.grantee)
    from promised
    where promised.nspname = :'into'::text
    union all
    select
        6,
        pg_catalog.format(
            '%s grant %s on %s to %s%s', promised.beginning, promised.privilege_type, promised.kind, promised.grantee, promised.further
        )
    from promised
    where promised.nspname = :'schema'::text
)

select step.statement
from step
order by step.place, step.statement
