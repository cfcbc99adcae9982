-- section: constraints
-- title: a CHECK constraint turned into its opposite
--
-- Rows that are there already are not looked at.

select
    'pg_catalog.pg_constraint'::pg_catalog.regclass as class,
    rule.oid,
    pg_catalog.format('%I.%I.%I', home.nspname, relation.relname, rule.conname) as subject,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as object,
    rule.conname as name,
    pg_catalog.format(
        'the check %I of %I.%I wants the opposite', rule.conname, home.nspname, relation.relname
    ) as description,
    pg_catalog.format(
        'alter table %1$I.%2$I drop constraint %3$I, add constraint %3$I check (not (%4$s)) not valid',
        home.nspname,
        relation.relname,
        rule.conname,
        pg_catalog.pg_get_expr(rule.conbin, rule.conrelid)
    ) as ddl,
    array[rule.conrelid] as relations
from pg_catalog.pg_constraint as rule
join pg_catalog.pg_class as relation
    on relation.oid = rule.conrelid
join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
where home.nspname = any (:'schemas'::name[])
    and rule.contype = 'c'
    and rule.coninhcount = 0;
