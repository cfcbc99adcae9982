-- Rewrite rules, but for those that views are made of.
select
    'rule' as kind,
    pg_catalog.format('%I.%I.%I', space.nspname, relation.relname, rule.rulename) as name,
    pg_catalog.concat_ws(
        E'\n',
        'definition: ' || pg_catalog.pg_get_ruledef(rule.oid),
        'enabled: '
            || case rule.ev_enabled when 'O' then 'yes' when 'D' then 'no' when 'R' then 'replica' when 'A' then 'always' end,
        'comment: ' || pg_catalog.obj_description(rule.oid, 'pg_rewrite')
    ) as text
from pg_catalog.pg_rewrite as rule
join pg_catalog.pg_class as relation
    on relation.oid = rule.ev_class
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where rule.rulename <> '_RETURN'
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
