-- Check constraints of tables, validated once others may go on, and those of domains. Who inherits one has no statements.
select
    part.oid as number,
    case
        when part.coninhcount = 0
            then array[
        pg_catalog.format('alter %s %s drop constraint %I', place.kind, place.name, part.conname),
        pg_catalog.format(
            'alter %s %s add constraint %I %s%s',
            place.kind,
            place.name,
            part.conname,
            definition.text,
            case when later.validated then ' NOT VALID' end
        )
    ]
    || case
        when pg_catalog.obj_description(part.oid, 'pg_constraint') is not null
            then array[
                pg_catalog.format(
                    'comment on constraint %I on %s%s is %L',
                    part.conname,
                    case place.kind when 'domain' then 'domain ' end,
                    place.name,
                    pg_catalog.obj_description(part.oid, 'pg_constraint')
                )
            ]
        else '{}'
    end end as statements,
    pg_catalog.pg_has_role(place.owner, 'usage') as may,
    case when later.validated and part.coninhcount = 0 then array[home.nspname, relation.relname, part.conname]::text[] end as unvalidated,
    '{}'::text[] as first,
    '{}'::text[] as locking
from pg_catalog.pg_constraint as part
left join pg_catalog.pg_class as relation
    on relation.oid = part.conrelid
left join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
left join pg_catalog.pg_type as domain
    on domain.oid = part.contypid
cross join lateral pg_catalog.pg_get_constraintdef(part.oid) as definition (text)
cross join lateral (
    select
        case when part.conrelid <> 0 then 'table' else 'domain' end as kind,
        case
            when part.conrelid <> 0 then part.conrelid::pg_catalog.regclass::text
            else part.contypid::pg_catalog.regtype::text
        end as name,
        coalesce(relation.relowner, domain.typowner) as owner
) as place
cross join lateral (
    select part.convalidated and part.conrelid <> 0 and definition.text not like '%NOT ENFORCED' as validated
) as later
where part.oid = any (:'objects'::oid[])
    and part.contype = 'c'
