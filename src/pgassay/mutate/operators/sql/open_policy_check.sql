-- section: row security
-- title: a policy's WITH CHECK made true
--
-- Where a policy has no WITH CHECK of its own its USING serves as one, and is left as it is here.

select
    'pg_catalog.pg_policy'::pg_catalog.regclass as class,
    policy.oid,
    pg_catalog.format('%I.%I.%I', home.nspname, relation.relname, policy.polname) as subject,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as object,
    policy.polname as name,
    pg_catalog.format('policy %I on %I.%I lets every row be written', policy.polname, home.nspname, relation.relname)
        as description,
    pg_catalog.format(
        'alter policy %I on %I.%I with check (true)', policy.polname, home.nspname, relation.relname
    ) as ddl,
    array[policy.polrelid] as relations
from pg_catalog.pg_policy as policy
join pg_catalog.pg_class as relation
    on relation.oid = policy.polrelid
join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
where home.nspname = any (:'schemas'::name[])
    and policy.polcmd in ('a', 'w', '*')
    and coalesce(pg_catalog.pg_get_expr(policy.polwithcheck, policy.polrelid), 'none') <> 'true'
    and (policy.polqual is not null or policy.polwithcheck is not null);
