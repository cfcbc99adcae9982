-- Constraints of tables and of domains. From PostgreSQL 18 on, NOT NULL is one, with a name.
select
    'constraint' as kind,
    pg_catalog.format('%I.%I.%I', space.nspname, coalesce(relation.relname, domain.typname), rule.conname) as name,
    pg_catalog.concat_ws(
        E'\n',
        'definition: ' || pg_catalog.pg_get_constraintdef(rule.oid),
        'valid: ' || case when rule.convalidated then 'yes' else 'no' end,
        case when rule.coninhcount > 0 then 'inherited: ' || case when rule.conislocal then 'and declared here' else 'only' end end,
        'comment: ' || pg_catalog.obj_description(rule.oid, 'pg_constraint')
    ) as text
from pg_catalog.pg_constraint as rule
join pg_catalog.pg_namespace as space
    on space.oid = rule.connamespace
left join pg_catalog.pg_class as relation
    on relation.oid = rule.conrelid
left join pg_catalog.pg_type as domain
    on domain.oid = rule.contypid
where space.nspname <> all (:'ignored'::text[])
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
    and rule.contype <> 't'  -- a constraint trigger is among the triggers
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid in (
                'pg_catalog.pg_class'::pg_catalog.regclass,
                'pg_catalog.pg_type'::pg_catalog.regclass
            )
            and part.objid in (rule.conrelid, rule.contypid)
            and part.objid <> 0
            and part.deptype = 'e'
    )
