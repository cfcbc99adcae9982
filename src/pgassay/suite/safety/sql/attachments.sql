-- Code that the database has attached to its relations, types, operators and commands, as statements that can
-- be read. Names in it are qualified where the search path is empty.
with recursive space as (
    select oid, nspname
    from pg_catalog.pg_namespace
    where nspname <> 'information_schema'
        and nspname not like 'pg\_%'
),
relation as (
    select class.oid, class.relname, class.relkind, class.relrowsecurity, space.nspname
    from pg_catalog.pg_class as class
    join space on space.oid = class.relnamespace
    where class.relpersistence <> 't'
),
family (ancestor, member) as (
    select inhparent, inhrelid
    from pg_catalog.pg_inherits
    union
    select family.ancestor, link.inhrelid
    from family
    join pg_catalog.pg_inherits as link on link.inhparent = family.member
),
-- Which domains values of a type are checked against: its own, those of its base, elements and attributes.
part (type, part) as (
    select oid, oid
    from pg_catalog.pg_type
    where typnamespace in (select oid from space)
    union
    select part.type, below.oid
    from part
    join pg_catalog.pg_type as whole on whole.oid = part.part
    cross join lateral (
        select whole.typbasetype as oid
        union all
        select whole.typelem
        where whole.typlen = -1
        union all
        select rngsubtype
        from pg_catalog.pg_range
        where rngtypid = whole.oid
        union all
        select atttypid
        from pg_catalog.pg_attribute
        where attrelid = whole.typrelid
            and attnum > 0
    ) as below
    where below.oid >= 16384
),
domain (oid, name, code) as (
    select
        type.oid,
        type.typname,
        'select ' || pg_catalog.concat_ws(
            ', ',
            (
                select string_agg(pg_catalog.pg_get_expr(conbin, 0), ', ')
                from pg_catalog.pg_constraint
                where contypid = type.oid
                    and conbin is not null
            ),
            pg_catalog.pg_get_expr(type.typdefaultbin, 0)
        )
    from pg_catalog.pg_type as type
    where type.typtype = 'd'
        and type.typnamespace in (select oid from space)
),
-- Beside each: whether it also counts for what is written through a parent of the relation.
of_relation (relation, kind, name, code, occasions, columns, below) as (
    select oid, 'view', pg_catalog.format('%I.%I', nspname, relname), pg_catalog.pg_get_viewdef(oid),
        case relkind when 'm' then '{refresh}' else '{read,insert,update,delete}' end::text[],
        '{}'::text[], false
    from relation
    where relkind in ('v', 'm')
    union all
    select ev_class, 'rule', rulename, pg_catalog.pg_get_ruledef(oid),
        array[case ev_type when '2' then 'update' when '3' then 'insert' else 'delete' end], '{}', false
    from pg_catalog.pg_rewrite
    where rulename <> '_RETURN'
        and ev_type <> '1'
        and ev_enabled in ('O', 'A')
    union all
    select tgrelid, 'trigger', tgname, pg_catalog.pg_get_triggerdef(oid),
        array_remove(
            array[
                case when tgtype & 4 <> 0 then 'insert' end,
                case when tgtype & 8 <> 0 then 'delete' end,
                case when tgtype & 16 <> 0 then 'update' end,
                case when tgtype & 32 <> 0 then 'truncate' end
            ],
            null
        ),
        array(
            select attname::text
            from pg_catalog.pg_attribute
            where attrelid = tgrelid
                and attnum = any (tgattr::smallint[])
        ),
        tgparentid = 0
    from pg_catalog.pg_trigger
    where (not tgisinternal or (tgparentid <> 0 and tgconstraint = 0))
        and tgenabled in ('O', 'A')
    union all
    select policy.polrelid, 'policy', policy.polname,
        'select ' || pg_catalog.concat_ws(
            ', ',
            pg_catalog.pg_get_expr(policy.polqual, policy.polrelid),
            pg_catalog.pg_get_expr(policy.polwithcheck, policy.polrelid)
        ),
        case policy.polcmd
            when 'r' then '{read}'
            when 'a' then '{insert}'
            when 'w' then '{update}'
            when 'd' then '{delete}'
            else '{read,insert,update,delete}'
        end::text[],
        '{}', false
    from pg_catalog.pg_policy as policy
    join relation on relation.oid = policy.polrelid and relation.relrowsecurity
    union all
    select value.adrelid, case "column".attgenerated when '' then 'default' else 'generated column' end,
        "column".attname, 'select ' || pg_catalog.pg_get_expr(value.adbin, value.adrelid),
        case "column".attgenerated when 'v' then '{read,copy shape}' else '{insert,update,copy shape}' end::text[],
        '{}', "column".attgenerated <> ''
    from pg_catalog.pg_attrdef as value
    join pg_catalog.pg_attribute as "column" on "column".attrelid = value.adrelid and "column".attnum = value.adnum
    where value.adbin::text not like '{CONST %'
    union all
    select conrelid, 'check constraint', conname, 'select ' || pg_catalog.pg_get_expr(conbin, conrelid),
        '{insert,update,copy shape}', '{}', conislocal
    from pg_catalog.pg_constraint
    where contype = 'c'
        and conrelid <> 0
    union all
    select index.indrelid, 'index', class.relname,
        'select ' || pg_catalog.concat_ws(
            ', ',
            pg_catalog.pg_get_expr(index.indexprs, index.indrelid),
            pg_catalog.pg_get_expr(index.indpred, index.indrelid)
        ),
        '{insert,update,copy shape}', '{}', true
    from pg_catalog.pg_index as index
    join pg_catalog.pg_class as class on class.oid = index.indexrelid
    where index.indexprs is not null
        or index.indpred is not null
    union all
    select partrelid, 'partition key', '', 'select ' || pg_catalog.pg_get_expr(partexprs, partrelid),
        '{insert,update}', '{}', true
    from pg_catalog.pg_partitioned_table
    where partexprs is not null
    union all
    select "column".attrelid, 'domain', domain.name, domain.code, '{insert,update,copy shape}', '{}', true
    from pg_catalog.pg_attribute as "column"
    join part on part.type = "column".atttypid
    join domain on domain.oid = part.part and domain.code <> 'select '
    where "column".attnum > 0
    union all
    -- What is done to the rows that refer to one that is deleted, or whose key changes.
    select link.confrelid, 'foreign key', link.conname,
        pg_catalog.format(
            case deed.action when 'c' then
                case deed.occasion when 'delete' then 'delete from %1$I.%2$I where null'
                    else 'update %1$I.%2$I set %3$s where null' end
                else 'update %1$I.%2$I set %3$s where null' end,
            child.nspname,
            child.relname,
            (
                select string_agg(pg_catalog.format('%I = null', attname), ', ')
                from pg_catalog.pg_attribute
                where attrelid = link.conrelid
                    and attnum = any (link.conkey)
            )
        ),
        array[deed.occasion], '{}', true
    from pg_catalog.pg_constraint as link
    cross join lateral (values ('delete', link.confdeltype), ('update', link.confupdtype)) as deed (
        occasion, action
    )
    join relation as child on child.oid = link.conrelid
    where link.contype = 'f'
        and deed.action in ('c', 'n', 'd')
),
routine as (
    select oid, 'select ' || pg_catalog.format('%I.%I()', space.nspname, proc.proname) as code
    from pg_catalog.pg_proc as proc
    join (select oid as space, nspname from pg_catalog.pg_namespace) as space on space.space = proc.pronamespace
    where proc.oid >= 16384
)
select each.kind, relation.nspname, relation.relname, each.name, each.code, each.occasions, each.columns,
    '{}'::text[] as tags
from of_relation as each
join relation on relation.oid = each.relation
union all
select each.kind, ancestor.nspname, ancestor.relname, pg_catalog.format('%s of %I', each.name, relation.relname),
    each.code, array_remove(array_remove(each.occasions, 'read'), 'copy shape'), each.columns, '{}'
from of_relation as each
join family on family.member = each.relation
join relation as ancestor on ancestor.oid = family.ancestor
join relation on relation.oid = each.relation
where each.below
union all
select 'domain', space.nspname, type.typname, domain.name, domain.code, '{read}', '{}', '{}'
from part
join domain on domain.oid = part.part and domain.code <> 'select '
join pg_catalog.pg_type as type on type.oid = part.type
join space on space.oid = type.typnamespace
union all
select 'operator', '', operator.oprname, pg_catalog.format('%s (%s)', operator.oprname, operator.oid),
    routine.code, '{read}', '{}', '{}'
from pg_catalog.pg_operator as operator
cross join lateral (values (operator.oprcode::oid), (operator.oprrest::oid), (operator.oprjoin::oid)) as used (oid)
join routine on routine.oid = used.oid
where operator.oid >= 16384
union all
select 'cast', space.nspname, target.typname,
    pg_catalog.format('of %s to %s', source.typname, target.typname), routine.code,
    case "cast".castcontext when 'e' then '{read}' else '{read,insert}' end::text[], '{}', '{}'
from pg_catalog.pg_cast as "cast"
join routine on routine.oid = "cast".castfunc
join pg_catalog.pg_type as source on source.oid = "cast".castsource
join pg_catalog.pg_type as target on target.oid = "cast".casttarget
join pg_catalog.pg_namespace as space on space.oid = target.typnamespace
where "cast".oid >= 16384
union all
select 'operator class', '', family.opfname, pg_catalog.format('%I', family.opfname),
    routine.code, '{read}', '{}', '{}'
from pg_catalog.pg_amproc as support
join pg_catalog.pg_opfamily as family on family.oid = support.amprocfamily
join routine on routine.oid = support.amproc::oid
where support.oid >= 16384
union all
select 'range type', '', type.typname, pg_catalog.format('%I', type.typname), routine.code, '{read}', '{}', '{}'
from pg_catalog.pg_range as range
join pg_catalog.pg_type as type on type.oid = range.rngtypid
cross join lateral (values (range.rngcanonical::oid), (range.rngsubdiff::oid)) as used (oid)
join routine on routine.oid = used.oid
where range.rngtypid >= 16384
union all
select 'event trigger', '', trigger.evtname, pg_catalog.format('%I', trigger.evtname), routine.code, '{read}', '{}',
    coalesce(trigger.evttags, '{}')
from pg_catalog.pg_event_trigger as trigger
join routine on routine.oid = trigger.evtfoid
where trigger.evtenabled in ('O', 'A')
    and trigger.evtevent <> 'login'
