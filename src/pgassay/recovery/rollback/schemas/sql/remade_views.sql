-- Materialized views, and views with columns of a type in these schemas: dropped and made anew, with what is granted on
-- them, what is said of them, and their indexes. Others that are made of them are in the way, and so are their triggers.
with found as (
    select coalesce(rule.oid, relation.oid) as number, relation.oid, relation.relkind, relation.relname, relation.relowner
    from pg_catalog.pg_class as relation
    left join pg_catalog.pg_rewrite as rule
        on rule.ev_class = relation.oid
        and rule.rulename = '_RETURN'
        and rule.oid = any (:'rules'::oid[])
    where relation.relkind in ('v', 'm')
        and (rule.oid is not null or relation.oid = any (:'relations'::oid[]))
),

named as (
    select
        found.*,
        found.oid::pg_catalog.regclass::text as name,
        case found.relkind when 'm' then 'materialized view' else 'view' end as kind,
        relation.relispopulated,
        relation.reloptions,
        coalesce(relation.relacl, pg_catalog.acldefault('r', relation.relowner)) as held,
        method.amname
    from found
    join pg_catalog.pg_class as relation
        on relation.oid = found.oid
    left join pg_catalog.pg_am as method
        on method.oid = relation.relam
),

step as (
    select named.oid, 1 as place, pg_catalog.format('drop %s %s', named.kind, named.name) as statement
    from named
    union all
    select
        named.oid,
        2,
        pg_catalog.format('create %s %s', named.kind, named.name)
        || coalesce(' using ' || pg_catalog.quote_ident(named.amname), '')
        || coalesce(' with (' || pg_catalog.array_to_string(named.reloptions, ', ') || ')', '')
        || ' as ' || pg_catalog.rtrim(pg_catalog.pg_get_viewdef(named.oid), ';')
        || case when named.relkind = 'm' and not named.relispopulated then ' with no data' else '' end
    from named
    union all
    select named.oid, 3, pg_catalog.pg_get_indexdef(part.indexrelid)
    from named
    join pg_catalog.pg_index as part
        on part.indrelid = named.oid
    union all
    select named.oid, 4, pg_catalog.format('comment on column %s.%I is %L', named.name, attribute.attname, note.description)
    from named
    join pg_catalog.pg_description as note
        on note.objoid = named.oid
        and note.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and note.objsubid > 0
    join pg_catalog.pg_attribute as attribute
        on attribute.attrelid = named.oid
        and attribute.attnum = note.objsubid
    union all
    select named.oid, 4, pg_catalog.format('comment on %s %s is %L', named.kind, named.name, pg_catalog.obj_description(named.oid, 'pg_class'))
    from named
    where pg_catalog.obj_description(named.oid, 'pg_class') is not null
    union all
    select distinct
        named.oid,
        5,
        pg_catalog.format(
            'revoke all on %s from %s cascade',
            named.name,
            case when future.grantee = 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(future.grantee)) end
        )
    from named
    cross join pg_catalog.pg_default_acl as promised
    cross join lateral pg_catalog.aclexplode(promised.defaclacl) as future
    where promised.defaclobjtype = 'r'
        and promised.defaclrole = (select role.oid from pg_catalog.pg_roles as role where role.rolname = current_user)
    union all
    select named.oid, 6, pg_catalog.format('alter table %s owner to %I', named.name, pg_catalog.pg_get_userbyid(named.relowner))
    from named
    where pg_catalog.pg_get_userbyid(named.relowner) <> current_user
    union all
    select
        named.oid,
        7,
        pg_catalog.format(
            'grant %s on %s to %s%s',
            granted.privilege_type,
            named.name,
            case when granted.grantee = 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(granted.grantee)) end,
            case when granted.is_grantable and granted.grantee <> named.relowner then ' with grant option' end
        )
    from named
    cross join lateral pg_catalog.aclexplode(named.held) as granted
)

select
    named.number,
    (select pg_catalog.array_agg(step.statement order by step.place, step.statement) from step where step.oid = named.oid) as statements,
    pg_catalog.pg_has_role(named.relowner, 'usage')
        and not exists (
            select
            from pg_catalog.pg_depend as part
            where part.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                and part.refobjid = named.oid
                and part.deptype = 'n'
        ) as may,
    null::text[] as unvalidated,
    '{}'::text[] as first,
    array[pg_catalog.format('alter table %s owner to %I', named.name, pg_catalog.pg_get_userbyid(named.relowner))] as locking
from named
where not exists (select from pg_catalog.pg_trigger as part where part.tgrelid = named.oid)
    and not exists (select from pg_catalog.pg_attribute as part where part.attrelid = named.oid and part.attacl is not null)
    and not exists (select from pg_catalog.pg_statistic_ext as part where part.stxrelid = named.oid)
    and not exists (select from pg_catalog.pg_rewrite as part where part.ev_class = named.oid and part.rulename <> '_RETURN')
