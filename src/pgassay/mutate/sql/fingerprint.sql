-- title: One text that changes when the schema does
--
-- Comments, statistics and rows are no part of it.

with parts as (
    select pg_catalog.format(
        'column %s %s %s %s %s %s %s %s',
        attribute.attrelid::pg_catalog.regclass,
        attribute.attname,
        pg_catalog.format_type(attribute.atttypid, attribute.atttypmod),
        attribute.attnotnull,
        attribute.attidentity,
        attribute.attgenerated,
        attribute.attacl,
        pg_catalog.pg_get_expr(standard.adbin, standard.adrelid)
    ) as text
    from pg_catalog.pg_attribute as attribute
    join pg_catalog.pg_class as relation
        on relation.oid = attribute.attrelid
    left join pg_catalog.pg_attrdef as standard
        on standard.adrelid = attribute.attrelid
        and standard.adnum = attribute.attnum
    where relation.relnamespace = any (:'schemas'::pg_catalog.oid[])
        and relation.relkind in ('r', 'p', 'v', 'm', 'f')
        and attribute.attnum > 0
        and not attribute.attisdropped
    union all
    select pg_catalog.format(
        'relation %s %s %s %s %s %s',
        relation.oid::pg_catalog.regclass,
        relation.relkind,
        relation.relrowsecurity,
        relation.relforcerowsecurity,
        relation.reloptions,
        relation.relacl
    )
    from pg_catalog.pg_class as relation
    where relation.relnamespace = any (:'schemas'::pg_catalog.oid[])
        and relation.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    union all
    select pg_catalog.format('view %s %s', relation.oid::pg_catalog.regclass, pg_catalog.pg_get_viewdef(relation.oid))
    from pg_catalog.pg_class as relation
    where relation.relnamespace = any (:'schemas'::pg_catalog.oid[])
        and relation.relkind in ('v', 'm')
    union all
    select pg_catalog.format('index %s', pg_catalog.pg_get_indexdef(index.indexrelid))
    from pg_catalog.pg_index as index
    join pg_catalog.pg_class as relation
        on relation.oid = index.indrelid
    where relation.relnamespace = any (:'schemas'::pg_catalog.oid[])
    union all
    select pg_catalog.format(
        'constraint %s %s %s %s',
        rule.conrelid::pg_catalog.regclass,
        rule.contypid::pg_catalog.regtype,
        rule.conname,
        pg_catalog.pg_get_constraintdef(rule.oid)
    )
    from pg_catalog.pg_constraint as rule
    where rule.connamespace = any (:'schemas'::pg_catalog.oid[])
    union all
    select pg_catalog.format('trigger %s %s', trigger.tgenabled, pg_catalog.pg_get_triggerdef(trigger.oid))
    from pg_catalog.pg_trigger as trigger
    join pg_catalog.pg_class as relation
        on relation.oid = trigger.tgrelid
    where relation.relnamespace = any (:'schemas'::pg_catalog.oid[])
        and not trigger.tgisinternal
    union all
    select pg_catalog.format(
        'policy %s %s %s %s %s %s %s',
        policy.polrelid::pg_catalog.regclass,
        policy.polname,
        policy.polcmd,
        policy.polpermissive,
        policy.polroles::pg_catalog.regrole[],
        pg_catalog.pg_get_expr(policy.polqual, policy.polrelid),
        pg_catalog.pg_get_expr(policy.polwithcheck, policy.polrelid)
    )
    from pg_catalog.pg_policy as policy
    join pg_catalog.pg_class as relation
        on relation.oid = policy.polrelid
    where relation.relnamespace = any (:'schemas'::pg_catalog.oid[])
    union all
    select pg_catalog.format('function %s %s', pg_catalog.pg_get_functiondef(routine.oid), routine.proacl)
    from pg_catalog.pg_proc as routine
    where routine.pronamespace = any (:'schemas'::pg_catalog.oid[])
        and routine.prokind in ('f', 'p')
    union all
    select pg_catalog.format(
        'type %s %s %s', type.oid::pg_catalog.regtype, type.typnotnull, type.typdefault
    )
    from pg_catalog.pg_type as type
    where type.typnamespace = any (:'schemas'::pg_catalog.oid[])
        and type.typtype in ('d', 'e')
    union all
    select pg_catalog.format('label %s %s', label.enumtypid::pg_catalog.regtype, label.enumlabel)
    from pg_catalog.pg_enum as label
    join pg_catalog.pg_type as type
        on type.oid = label.enumtypid
    where type.typnamespace = any (:'schemas'::pg_catalog.oid[])
    union all
    select pg_catalog.format('schema %s %s', home.nspname, home.nspacl)
    from pg_catalog.pg_namespace as home
    where home.oid = any (:'schemas'::pg_catalog.oid[])
)
select pg_catalog.md5(pg_catalog.string_agg(parts.text, E'\n' order by parts.text collate "C")) as fingerprint
from parts;
