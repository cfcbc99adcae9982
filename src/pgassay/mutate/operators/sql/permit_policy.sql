-- section: row security
-- title: a restrictive policy made permissive

select
    'pg_catalog.pg_policy'::pg_catalog.regclass as class,
    policy.oid,
    pg_catalog.format('%I.%I.%I', home.nspname, relation.relname, policy.polname) as subject,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as object,
    policy.polname as name,
    pg_catalog.format(
        'policy %I on %I.%I permits instead of restricting', policy.polname, home.nspname, relation.relname
    ) as description,
    pg_catalog.format(
        'drop policy %1$I on %2$I.%3$I; create policy %1$I on %2$I.%3$I as permissive for %4$s to %5$s%6$s%7$s',
        policy.polname,
        home.nspname,
        relation.relname,
        case policy.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
        (
            select pg_catalog.string_agg(
                case when member = 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(member)) end,
                ', '
                order by member
            )
            from pg_catalog.unnest(policy.polroles) as member
        ),
        ' using (' || pg_catalog.pg_get_expr(policy.polqual, policy.polrelid) || ')',
        ' with check (' || pg_catalog.pg_get_expr(policy.polwithcheck, policy.polrelid) || ')'
    ) as ddl,
    array[policy.polrelid] as relations
from pg_catalog.pg_policy as policy
join pg_catalog.pg_class as relation
    on relation.oid = policy.polrelid
join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
where home.nspname = any (:'schemas'::name[])
    and not policy.polpermissive;
