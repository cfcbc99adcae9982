-- title: Login with more power than an application needs
-- level: warning
-- since: 14
-- parameter: administrators = postgres, supabase_admin, supabase_auth_admin, supabase_storage_admin,
--   supabase_functions_admin, supabase_replication_admin, supabase_read_only_user, supabase_etl_admin,
--   cli_login_postgres, pgbouncer, authenticator, rdsadmin, rds_superuser, cloudsqladmin, cloudsqlsuperuser,
--   cloudsqlreplica, azuresu, azure_pg_admin, azure_superuser, replicator, barman, repmgr, patroni (names)
--   roles that are known to have such power
-- help: alter role {object} nosuperuser nobypassrls nocreaterole noreplication; or name it among the
--   administrators of this check.
--
-- SUPERUSER and BYPASSRLS pass every policy, REPLICATION reads all data, CREATEROLE makes roles that do
-- (before PostgreSQL 16 without limits), and members of pg_execute_server_program or pg_write_server_files
-- are superusers by another name. The role that the cluster was made with is left out.

select
    quote_ident(r.rolname) as object,
    'may log in and has '
    || concat_ws(
        ', ',
        case when r.rolsuper then 'SUPERUSER' end,
        case when r.rolbypassrls then 'BYPASSRLS' end,
        case when r.rolcreaterole then 'CREATEROLE' end,
        case when r.rolreplication then 'REPLICATION' end,
        case
            when not r.rolsuper and pg_has_role(r.oid, 'pg_execute_server_program', 'member')
                then 'pg_execute_server_program'
        end,
        case
            when not r.rolsuper and pg_has_role(r.oid, 'pg_write_server_files', 'member')
                then 'pg_write_server_files'
        end
    ) as detail
from pg_catalog.pg_roles as r
where r.rolcanlogin
    and r.oid <> 10
    and r.rolname <> all (:'administrators'::name[])
    and (
        r.rolsuper
        or r.rolbypassrls
        or r.rolcreaterole
        or r.rolreplication
        or pg_has_role(r.oid, 'pg_execute_server_program', 'member')
        or pg_has_role(r.oid, 'pg_write_server_files', 'member')
    );

-- breaks: an application that passes every policy
create role shop_app login bypassrls;

-- breaks: programs on the server
create role shop_app login;
grant pg_execute_server_program to shop_app;

-- holds: a plain login, and a mighty role that cannot log in
create role shop_app login;
create role service_role bypassrls;

-- holds: a known administrator
-- with: administrators = boss
create role boss login superuser;

-- breaks: all data by replication
create role shop_app login replication;

-- breaks: files on the server
create role shop_app login;
grant pg_write_server_files to shop_app;
