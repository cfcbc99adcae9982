-- section: views
-- title: the security barrier of a view taken away

select
    'pg_catalog.pg_class'::pg_catalog.regclass as class,
    relation.oid,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as subject,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as object,
    relation.relname as name,
    pg_catalog.format('%I.%I is no security barrier', home.nspname, relation.relname) as description,
    pg_catalog.format('alter view %I.%I reset (security_barrier)', home.nspname, relation.relname) as ddl,
    array(
        select used.refobjid
        from pg_catalog.pg_rewrite as rule
        join pg_catalog.pg_depend as used
            on used.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
            and used.objid = rule.oid
            and used.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        where rule.ev_class = relation.oid
    ) as relations
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
where home.nspname = any (:'schemas'::name[])
    and relation.relkind = 'v'
    and exists (
        select
        from pg_catalog.pg_options_to_table(relation.reloptions) as option
        where option.option_name = 'security_barrier'
            and option.option_value <> 'false'
    );
