-- The roles of a hosted project. Run as a superuser who is not called postgres, on a fresh cluster whose
-- first superuser is called that: he becomes supabase_admin, and postgres an ordinary role.

alter role postgres rename to supabase_admin;
create role postgres login createdb createrole replication bypassrls;
alter database postgres owner to postgres;

create role anon noinherit;
create role authenticated noinherit;
create role service_role noinherit bypassrls;
create role authenticator login noinherit;
create role dashboard_user createdb createrole replication;
create role supabase_auth_admin login noinherit createrole;
create role supabase_storage_admin login noinherit createrole;
create role supabase_functions_admin login noinherit createrole;
create role supabase_replication_admin login replication;
create role supabase_etl_admin login replication;
create role supabase_read_only_user login bypassrls;
create role supabase_realtime_admin noinherit;
create role pgbouncer login;

grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role to supabase_storage_admin;
grant anon, authenticated, service_role, authenticator to postgres with admin option;
grant supabase_realtime_admin to postgres;
grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres;
grant pg_read_all_data to supabase_read_only_user, supabase_etl_admin;

alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';
alter role authenticator set statement_timeout = '8s';
alter role authenticator set lock_timeout = '8s';
alter role authenticator set pgrst.db_schemas = 'public, graphql_public';
alter role postgres set search_path = "$user", public, extensions;
alter role supabase_admin set search_path = "$user", public, auth, extensions;
alter role supabase_auth_admin set search_path = auth;
alter role supabase_storage_admin set search_path = storage;
