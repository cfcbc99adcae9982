-- Policies of row-level security.
select
    'policy' as kind,
    pg_catalog.format('%I.%I.%I', space.nspname, relation.relname, policy.polname) as name,
    pg_catalog.concat_ws(
        E'\n',
        'command: '
            || case policy.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
        case when not policy.polpermissive then 'restrictive: yes' end,
        'roles: ' || (
            select pg_catalog.string_agg(role.name, ', ' order by role.name collate "C")
            from pg_catalog.unnest(policy.polroles) as listed (oid)
            cross join lateral (
                select case when listed.oid = 0 then 'public' else pg_catalog.pg_get_userbyid(listed.oid)::text end
            ) as role (name)
        ),
        'using: ' || pg_catalog.pg_get_expr(policy.polqual, policy.polrelid),
        'check: ' || pg_catalog.pg_get_expr(policy.polwithcheck, policy.polrelid),
        'comment: ' || pg_catalog.obj_description(policy.oid, 'pg_policy')
    ) as text
from pg_catalog.pg_policy as policy
join pg_catalog.pg_class as relation
    on relation.oid = policy.polrelid
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where space.nspname <> all (:'ignored'::text[])
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
