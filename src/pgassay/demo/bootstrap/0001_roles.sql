-- The roles that Supabase gives a project, made on a server that has never heard of it.
-- Roles belong to the whole cluster and outlive a database, so every statement may run again,
-- also at the same moment in two databases.

do $$
declare
    wanted record;
begin
    for wanted in
        select *
        from (
            values
                ('anon', 'nologin noinherit'),
                ('authenticated', 'nologin noinherit'),
                ('service_role', 'nologin noinherit bypassrls'),
                ('authenticator', 'nologin noinherit')
        ) as role (name, attributes)
    loop
        begin
            execute format('create role %I %s', wanted.name, wanted.attributes);
        exception
            when duplicate_object or unique_violation then
                null;
        end;
    end loop;

    -- The API connects as authenticator and becomes one of the three for each request.
    if not pg_has_role('authenticator', 'anon', 'member')
        or not pg_has_role('authenticator', 'authenticated', 'member')
        or not pg_has_role('authenticator', 'service_role', 'member')
    then
        grant anon, authenticated, service_role to authenticator;
    end if;
end
$$;
