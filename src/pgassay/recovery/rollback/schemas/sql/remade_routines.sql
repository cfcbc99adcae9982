-- Functions and procedures with types of these schemas in what they take or give: dropped by their numbers, since by name
-- they would be others by then, and made anew, with what is granted on them and said of them.
with named as (
    select
        part.oid,
        part.proowner,
        coalesce(part.proacl, pg_catalog.acldefault('f', part.proowner)) as held,
        part.oid::pg_catalog.regprocedure::text as name,
        pg_catalog.obj_description(part.oid, 'pg_proc') as note
    from pg_catalog.pg_proc as part
    where part.oid = any (:'objects'::oid[])
        and part.prokind in ('f', 'p')
),

step as (
    select
        named.oid,
        1 as place,
        pg_catalog.format(
            'do %L',
            pg_catalog.format(
                'begin execute pg_catalog.format(''drop routine %%s'', %s::pg_catalog.oid::pg_catalog.regprocedure); end', named.oid
            )
        ) as statement
    from named
    union all
    select named.oid, 2, pg_catalog.pg_get_functiondef(named.oid)
    from named
    union all
    select named.oid, 3, pg_catalog.format('comment on routine %s is %L', named.name, named.note)
    from named
    where named.note is not null
    union all
    select distinct
        named.oid,
        4,
        pg_catalog.format(
            'revoke all on routine %s from %s cascade',
            named.name,
            case when other.grantee = 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(other.grantee)) end
        )
    from named
    cross join lateral (
        select 0 as grantee
        union
        select future.grantee
        from pg_catalog.pg_default_acl as promised
        cross join lateral pg_catalog.aclexplode(promised.defaclacl) as future
        where promised.defaclobjtype = 'f'
            and promised.defaclrole = (select role.oid from pg_catalog.pg_roles as role where role.rolname = current_user)
    ) as other
    union all
    select named.oid, 5, pg_catalog.format('alter routine %s owner to %I', named.name, pg_catalog.pg_get_userbyid(named.proowner))
    from named
    where pg_catalog.pg_get_userbyid(named.proowner) <> current_user
    union all
    select
        named.oid,
        6,
        pg_catalog.format(
            'grant execute on routine %s to %s%s',
            named.name,
            case when granted.grantee = 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(granted.grantee)) end,
            case when granted.is_grantable and granted.grantee <> named.proowner then ' with grant option' end
        )
    from named
    cross join lateral pg_catalog.aclexplode(named.held) as granted
)

select
    named.oid as number,
    (select pg_catalog.array_agg(step.statement order by step.place, step.statement) from step where step.oid = named.oid) as statements,
    pg_catalog.pg_has_role(named.proowner, 'usage')
        and not exists (
            select
            from pg_catalog.pg_depend as part
            where part.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                and part.refobjid = named.oid
        ) as may,
    null::text[] as unvalidated,
    '{}'::text[] as first,
    array['select']::text[] as locking
from named
