-- Triggers, and whether they fire. Of those that the server made for foreign keys, only the ones switched off.
select
    'trigger' as kind,
    pg_catalog.format('%I.%I.%I', space.nspname, relation.relname, trigger.tgname) as name,
    pg_catalog.concat_ws(
        E'\n',
        'definition: ' || pg_catalog.pg_get_triggerdef(trigger.oid),
        'enabled: '
            || case trigger.tgenabled when 'O' then 'yes' when 'D' then 'no' when 'R' then 'replica' when 'A' then 'always' end,
        case when trigger.tgparentid <> 0 then 'of a partitioned table: yes' end,
        'comment: ' || pg_catalog.obj_description(trigger.oid, 'pg_trigger')
    ) as text
from pg_catalog.pg_trigger as trigger
join pg_catalog.pg_class as relation
    on relation.oid = trigger.tgrelid
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where not trigger.tgisinternal
    and space.nspname <> all (:'ignored'::text[])
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            and part.objid = relation.oid
            and part.deptype = 'e'
    )
union all
select
    'foreign key triggers' as kind,
    pg_catalog.format('%I.%I.%I', space.nspname, relation.relname, rule.conname) as name,
    'enabled: ' || pg_catalog.string_agg(
        case trigger.tgenabled when 'D' then 'no' when 'R' then 'replica' when 'A' then 'always' end,
        ' '
        order by trigger.tgenabled
    ) as text
from pg_catalog.pg_trigger as trigger
join pg_catalog.pg_constraint as rule
    on rule.oid = trigger.tgconstraint
join pg_catalog.pg_class as relation
    on relation.oid = trigger.tgrelid
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where trigger.tgisinternal
    and trigger.tgenabled <> 'O'
    and space.nspname <> all (:'ignored'::text[])
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
group by space.nspname, relation.relname, rule.conname
