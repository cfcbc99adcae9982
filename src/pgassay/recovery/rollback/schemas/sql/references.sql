-- What is outside of these schemas and depends on something in them, whatever it is, as the server keeps book of it;
-- with the statements that make it anew in place, so that they bind to what has the name by then, and whether this role
-- may. What belongs to an extension moves with that and keeps its number. Without statements it has to be taken away first.
with inside as materialized (
    select space.oid
    from pg_catalog.pg_namespace as space
    where space.nspname = any (:'schemas'::text[])
),

attached as materialized (  -- of users: the server's own objects have lower numbers, but for the schema public
    select 'pg_catalog.pg_class'::pg_catalog.regclass as classid, oid as objid, relnamespace as home from pg_catalog.pg_class where oid >= 16384
    union all
    select 'pg_catalog.pg_proc'::pg_catalog.regclass, oid, pronamespace from pg_catalog.pg_proc where oid >= 16384
    union all
    select 'pg_catalog.pg_type'::pg_catalog.regclass, oid, typnamespace from pg_catalog.pg_type where oid >= 16384
    union all
    select 'pg_catalog.pg_constraint'::pg_catalog.regclass, oid, connamespace from pg_catalog.pg_constraint where oid >= 16384
    union all
    select 'pg_catalog.pg_operator'::pg_catalog.regclass, oid, oprnamespace from pg_catalog.pg_operator where oid >= 16384
    union all
    select 'pg_catalog.pg_opclass'::pg_catalog.regclass, oid, opcnamespace from pg_catalog.pg_opclass where oid >= 16384
    union all
    select 'pg_catalog.pg_opfamily'::pg_catalog.regclass, oid, opfnamespace from pg_catalog.pg_opfamily where oid >= 16384
    union all
    select 'pg_catalog.pg_collation'::pg_catalog.regclass, oid, collnamespace from pg_catalog.pg_collation where oid >= 16384
    union all
    select 'pg_catalog.pg_conversion'::pg_catalog.regclass, oid, connamespace from pg_catalog.pg_conversion where oid >= 16384
    union all
    select 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, oid, stxnamespace from pg_catalog.pg_statistic_ext where oid >= 16384
    union all
    select 'pg_catalog.pg_ts_config'::pg_catalog.regclass, oid, cfgnamespace from pg_catalog.pg_ts_config where oid >= 16384
    union all
    select 'pg_catalog.pg_ts_dict'::pg_catalog.regclass, oid, dictnamespace from pg_catalog.pg_ts_dict where oid >= 16384
    union all
    select 'pg_catalog.pg_ts_parser'::pg_catalog.regclass, oid, prsnamespace from pg_catalog.pg_ts_parser where oid >= 16384
    union all
    select 'pg_catalog.pg_ts_template'::pg_catalog.regclass, oid, tmplnamespace from pg_catalog.pg_ts_template where oid >= 16384
    union all
    select 'pg_catalog.pg_namespace'::pg_catalog.regclass, oid, oid from pg_catalog.pg_namespace
    union all
    select 'pg_catalog.pg_default_acl'::pg_catalog.regclass, oid, defaclnamespace from pg_catalog.pg_default_acl where oid >= 16384
    union all
    select 'pg_catalog.pg_cast'::pg_catalog.regclass, part.oid, type.typnamespace
    from pg_catalog.pg_cast as part
    join pg_catalog.pg_type as type
        on type.oid in (part.castsource, part.casttarget)
    where part.oid >= 16384
    union all
    select 'pg_catalog.pg_trigger'::pg_catalog.regclass, part.oid, relation.relnamespace
    from pg_catalog.pg_trigger as part
    join pg_catalog.pg_class as relation
        on relation.oid = part.tgrelid
    where part.oid >= 16384
    union all
    select 'pg_catalog.pg_policy'::pg_catalog.regclass, part.oid, relation.relnamespace
    from pg_catalog.pg_policy as part
    join pg_catalog.pg_class as relation
        on relation.oid = part.polrelid
    where part.oid >= 16384
    union all
    select 'pg_catalog.pg_rewrite'::pg_catalog.regclass, part.oid, relation.relnamespace
    from pg_catalog.pg_rewrite as part
    join pg_catalog.pg_class as relation
        on relation.oid = part.ev_class
    where part.oid >= 16384
    union all
    select 'pg_catalog.pg_attrdef'::pg_catalog.regclass, part.oid, relation.relnamespace
    from pg_catalog.pg_attrdef as part
    join pg_catalog.pg_class as relation
        on relation.oid = part.adrelid
    where part.oid >= 16384
    union all
    select 'pg_catalog.pg_amop'::pg_catalog.regclass, part.oid, family.opfnamespace
    from pg_catalog.pg_amop as part
    join pg_catalog.pg_opfamily as family
        on family.oid = part.amopfamily
    where part.oid >= 16384
    union all
    select 'pg_catalog.pg_amproc'::pg_catalog.regclass, part.oid, family.opfnamespace
    from pg_catalog.pg_amproc as part
    join pg_catalog.pg_opfamily as family
        on family.oid = part.amprocfamily
    where part.oid >= 16384
),

held as materialized (
    select distinct attached.classid, attached.objid
    from attached
    where attached.home in (select inside.oid from inside)
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = attached.classid
            and part.objid = attached.objid
            and part.deptype = 'e'
    )
),

dependent as materialized (
    select part.classid, part.objid, pg_catalog.max(part.objsubid) as objsubid
    from held
    join pg_catalog.pg_depend as part
        on part.refclassid = held.classid
        and part.refobjid = held.objid
    left join attached
        on attached.classid = part.classid
        and attached.objid = part.objid
    left join pg_catalog.pg_namespace as home
        on home.oid = attached.home
    left join held as itself
        on itself.classid = part.classid
        and itself.objid = part.objid
    where part.deptype <> 'i'  -- the server makes it, and takes it away, together with what it depends on
        and itself.objid is null
        and coalesce(attached.home not in (select inside.oid from inside), true)
        and coalesce(home.nspname !~ '^pg_(toast|temp)', true)
        and part.classid not in (
            'pg_catalog.pg_extension'::pg_catalog.regclass,
            pg_catalog.to_regclass('pg_catalog.pg_publication_rel'),
            coalesce(
                pg_catalog.to_regclass('pg_catalog.pg_publication_namespace'),
                pg_catalog.to_regclass('pg_catalog.pg_publication_rel')
            )
        )
    group by part.classid, part.objid
),

trigger as (
    select
        dependent.*,
        case
            when part.tgconstraint <> 0
                then array[pg_catalog.format('drop trigger %I on %s', part.tgname, place.name), definition.text]
            else array[pg_catalog.regexp_replace(definition.text, '^CREATE TRIGGER', 'CREATE OR REPLACE TRIGGER')]
        end
        || case
            when part.tgenabled <> 'O'
                then array[
                    pg_catalog.format(
                        'alter table %s %s trigger %I',
                        place.name,
                        case part.tgenabled when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end,
                        part.tgname
                    )
                ]
            else '{}'
        end
        || case
            when pg_catalog.obj_description(part.oid, 'pg_trigger') is not null
                and pg_catalog.pg_has_role(relation.relowner, 'usage')
                then array[
                    pg_catalog.format(
                        'comment on trigger %I on %s is %L',
                        part.tgname,
                        place.name,
                        pg_catalog.obj_description(part.oid, 'pg_trigger')
                    )
                ]
            else '{}'
        end as statements,
        pg_catalog.pg_has_role(relation.relowner, 'usage')
            or pg_catalog.has_table_privilege(relation.oid, 'trigger')
            and part.tgconstraint = 0
            and part.tgenabled = 'O' as may,
        part.tgisinternal or part.tgparentid <> 0 as follows
    from dependent
    join pg_catalog.pg_trigger as part
        on part.oid = dependent.objid
    join pg_catalog.pg_class as relation
        on relation.oid = part.tgrelid
    cross join lateral pg_catalog.pg_get_triggerdef(part.oid) as definition (text)
    cross join lateral (select part.tgrelid::pg_catalog.regclass::text as name) as place
    where dependent.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass
),

policy as (
    select
        dependent.*,
        array[
            pg_catalog.format('alter policy %I on %s', part.polname, part.polrelid::pg_catalog.regclass)
            || coalesce(' using (' || pg_catalog.pg_get_expr(part.polqual, part.polrelid) || ')', '')
            || coalesce(' with check (' || pg_catalog.pg_get_expr(part.polwithcheck, part.polrelid) || ')', '')
        ] as statements,
        pg_catalog.pg_has_role(relation.relowner, 'usage') as may,
        false as follows
    from dependent
    join pg_catalog.pg_policy as part
        on part.oid = dependent.objid
    join pg_catalog.pg_class as relation
        on relation.oid = part.polrelid
    where dependent.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass
),

view as (
    select
        dependent.*,
        array[
            pg_catalog.format('create or replace view %s', relation.oid::pg_catalog.regclass)
            || coalesce(' with (' || pg_catalog.array_to_string(relation.reloptions, ', ') || ')', '')
            || ' as ' || pg_catalog.pg_get_viewdef(relation.oid)
        ] as statements,
        pg_catalog.pg_has_role(relation.relowner, 'usage') as may,
        false as follows
    from dependent
    join pg_catalog.pg_rewrite as part
        on part.oid = dependent.objid
    join pg_catalog.pg_class as relation
        on relation.oid = part.ev_class
    where dependent.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
        and relation.relkind = 'v'
        and part.rulename = '_RETURN'
),

preset as (
    select
        dependent.*,
        array[
            pg_catalog.format(
                'alter table only %s alter column %I set default %s',
                relation.oid::pg_catalog.regclass,
                attribute.attname,
                pg_catalog.pg_get_expr(part.adbin, part.adrelid)
            )
        ] as statements,
        pg_catalog.pg_has_role(relation.relowner, 'usage') as may,
        false as follows
    from dependent
    join pg_catalog.pg_attrdef as part
        on part.oid = dependent.objid
    join pg_catalog.pg_class as relation
        on relation.oid = part.adrelid
    join pg_catalog.pg_attribute as attribute
        on attribute.attrelid = part.adrelid
        and attribute.attnum = part.adnum
    where dependent.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
        and attribute.attgenerated = ''
),

foreign_key as (
    select
        dependent.*,
        array[
            pg_catalog.format('alter table %s drop constraint %I', place.name, part.conname),
            pg_catalog.format(
                'alter table %s add constraint %I %s%s',
                place.name,
                part.conname,
                definition.text,
                case when part.convalidated and whole.not_valid then ' NOT VALID' end
            )
        ]
        || case
            when pg_catalog.obj_description(part.oid, 'pg_constraint') is not null
                then array[
                    pg_catalog.format(
                        'comment on constraint %I on %s is %L',
                        part.conname,
                        place.name,
                        pg_catalog.obj_description(part.oid, 'pg_constraint')
                    )
                ]
            else '{}'
        end as statements,
        pg_catalog.pg_has_role(relation.relowner, 'usage') as may,
        part.conparentid <> 0 as follows,
        case when part.convalidated and whole.not_valid then array[home.nspname, relation.relname, part.conname]::text[] end
            as unvalidated
    from dependent
    join pg_catalog.pg_constraint as part
        on part.oid = dependent.objid
    join pg_catalog.pg_class as relation
        on relation.oid = part.conrelid
    join pg_catalog.pg_namespace as home
        on home.oid = relation.relnamespace
    cross join lateral pg_catalog.pg_get_constraintdef(part.oid) as definition (text)
    cross join lateral (
        select
            pg_catalog.current_setting('server_version_num')::integer >= 180000 or relation.relkind <> 'p' as not_valid
    ) as whole
    cross join lateral (select part.conrelid::pg_catalog.regclass::text as name) as place
    where dependent.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
        and part.contype = 'f'
        and definition.text not like '%NOT ENFORCED'
),

function as (
    select
        dependent.*,
        array[pg_catalog.pg_get_functiondef(part.oid)] as statements,
        pg_catalog.pg_has_role(part.proowner, 'usage') as may,
        false as follows
    from dependent
    join pg_catalog.pg_proc as part
        on part.oid = dependent.objid
    where dependent.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
        and part.prokind in ('f', 'p', 'w')
        and not exists (
            select
            from held
            where held.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                and held.objid = any (
                    array[part.prorettype] || part.proargtypes::oid[] || coalesce(part.proallargtypes, '{}')
                )
        )
),

known as (
    select classid, objid, statements, may, follows, null::text[] as unvalidated from trigger
    union all
    select classid, objid, statements, may, follows, null from policy
    union all
    select classid, objid, statements, may, follows, null from view
    union all
    select classid, objid, statements, may, follows, null from preset
    union all
    select classid, objid, statements, may, follows, unvalidated from foreign_key
    union all
    select classid, objid, statements, may, follows, null from function
)

select
    pg_catalog.pg_describe_object(dependent.classid, dependent.objid, dependent.objsubid) as what,
    (select catalog.relname::text from pg_catalog.pg_class as catalog where catalog.oid = dependent.classid) as catalog,
    dependent.objid as number,
    coalesce(known.statements, '{}') as statements,
    coalesce(known.may, false) as may,
    known.unvalidated
from dependent
left join known
    on known.classid = dependent.classid
    and known.objid = dependent.objid
where not coalesce(known.follows, false)
order by dependent.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass, what
