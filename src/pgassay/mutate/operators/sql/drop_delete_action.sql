-- section: constraints
-- title: what a foreign key does on DELETE taken away

select
    'pg_catalog.pg_constraint'::pg_catalog.regclass as class,
    rule.oid,
    pg_catalog.format('%I.%I.%I', home.nspname, relation.relname, rule.conname) as subject,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as object,
    rule.conname as name,
    pg_catalog.format(
        'the foreign key %I of %I.%I forbids a delete instead of following it',
        rule.conname,
        home.nspname,
        relation.relname
    ) as description,
    pg_catalog.format(
        'alter table %1$I.%2$I drop constraint %3$I, add constraint %3$I %4$s not valid',
        home.nspname,
        relation.relname,
        rule.conname,
        pg_catalog.regexp_replace(
            pg_catalog.regexp_replace(pg_catalog.pg_get_constraintdef(rule.oid), ' NOT VALID$', ''),
            ' ON DELETE (CASCADE|SET NULL|SET DEFAULT)( \([^()]*\))?',
            ''
        )
    ) as ddl,
    array[rule.conrelid, rule.confrelid] as relations
from pg_catalog.pg_constraint as rule
join pg_catalog.pg_class as relation
    on relation.oid = rule.conrelid
join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
where home.nspname = any (:'schemas'::name[])
    and rule.contype = 'f'
    and rule.confdeltype in ('c', 'n', 'd')
    and rule.coninhcount = 0;
