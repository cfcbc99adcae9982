-- section: row security
-- title: a policy dropped

select
    'pg_catalog.pg_policy'::pg_catalog.regclass as class,
    policy.oid,
    pg_catalog.format('%I.%I.%I', home.nspname, relation.relname, policy.polname) as subject,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as object,
    policy.polname as name,
    pg_catalog.format('policy %I on %I.%I is gone', policy.polname, home.nspname, relation.relname)
        as description,
    pg_catalog.format('drop policy %I on %I.%I', policy.polname, home.nspname, relation.relname) as ddl,
    array[policy.polrelid] as relations
from pg_catalog.pg_policy as policy
join pg_catalog.pg_class as relation
    on relation.oid = policy.polrelid
join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
where home.nspname = any (:'schemas'::name[]);
