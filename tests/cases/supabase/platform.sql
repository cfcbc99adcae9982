-- What a hosted project's database has before its owner does anything. Run as supabase_admin.

create schema extensions authorization postgres;
create schema auth authorization supabase_auth_admin;
create schema storage authorization supabase_admin;
create schema realtime authorization supabase_admin;
create schema graphql authorization supabase_admin;
create schema graphql_public authorization supabase_admin;
create schema vault authorization supabase_admin;
create schema pgbouncer authorization pgbouncer;
create schema supabase_migrations authorization postgres;

grant usage on schema public to postgres, anon, authenticated, service_role;
grant create on schema public to postgres;
grant usage on schema extensions, auth, storage, realtime, graphql, graphql_public
    to postgres, anon, authenticated, service_role;
grant all on schema extensions to dashboard_user;
grant create on schema auth to supabase_auth_admin;
grant usage on schema vault to postgres, service_role;
grant all on schema storage to supabase_storage_admin with grant option;

-- Extensions, as far as this server has them.
do $$
declare
    wanted text;
begin
    foreach wanted in array array['pgcrypto', 'uuid-ossp', 'pg_stat_statements'] loop
        if exists (select from pg_catalog.pg_available_extensions where name = wanted) then
            execute format('create extension if not exists %I with schema extensions', wanted);
        end if;
    end loop;
end
$$;

-- Whatever postgres or the platform makes in public is open to the API from the start.
alter default privileges for role postgres in schema public
    grant all on tables to postgres, anon, authenticated, service_role;
alter default privileges for role postgres in schema public
    grant all on functions to postgres, anon, authenticated, service_role;
alter default privileges for role postgres in schema public
    grant all on sequences to postgres, anon, authenticated, service_role;
alter default privileges for role supabase_admin in schema public
    grant all on tables to postgres, anon, authenticated, service_role;
alter default privileges for role supabase_admin in schema public
    grant all on functions to postgres, anon, authenticated, service_role;
alter default privileges for role supabase_admin in schema public
    grant all on sequences to postgres, anon, authenticated, service_role;

-- auth

create function auth.jwt() returns jsonb language sql stable
    as $$ select coalesce(
        nullif(current_setting('request.jwt.claim', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')
    )::jsonb $$;
create function auth.uid() returns uuid language sql stable
    as $$ select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
create function auth.role() returns text language sql stable
    as $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role' $$;
create function auth.email() returns text language sql stable
    as $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email' $$;

create table auth.users (
    instance_id uuid,
    id uuid primary key,
    aud varchar(255),
    role varchar(255),
    email varchar(255),
    encrypted_password varchar(255),
    email_confirmed_at timestamptz,
    confirmation_token varchar(255),
    recovery_token varchar(255),
    last_sign_in_at timestamptz,
    raw_app_meta_data jsonb,
    raw_user_meta_data jsonb,
    is_super_admin boolean,
    created_at timestamptz,
    updated_at timestamptz,
    phone text unique,
    is_anonymous boolean not null default false
);
create index users_instance_id_idx on auth.users (instance_id);
create table auth.identities (
    id uuid primary key default gen_random_uuid(),
    provider_id text not null,
    user_id uuid not null references auth.users (id) on delete cascade,
    identity_data jsonb not null,
    provider text not null,
    unique (provider_id, provider)
);
create index identities_user_id_idx on auth.identities (user_id);
create table auth.sessions (
    id uuid primary key,
    user_id uuid not null references auth.users (id) on delete cascade,
    created_at timestamptz
);
create index sessions_user_id_idx on auth.sessions (user_id);
create table auth.refresh_tokens (
    id bigserial primary key,
    token varchar(255) unique,
    user_id varchar(255),
    revoked boolean,
    session_id uuid references auth.sessions (id) on delete cascade
);
create index refresh_tokens_session_id_idx on auth.refresh_tokens (session_id);
create table auth.schema_migrations (version varchar(255) primary key);

alter table auth.users enable row level security;
alter table auth.identities enable row level security;
alter table auth.sessions enable row level security;
alter table auth.refresh_tokens enable row level security;
alter table auth.schema_migrations enable row level security;

grant all on auth.users, auth.identities, auth.sessions, auth.refresh_tokens to postgres, dashboard_user;
grant select on auth.users, auth.identities, auth.sessions, auth.refresh_tokens to postgres with grant option;
grant select on auth.schema_migrations to postgres;
alter table auth.users owner to supabase_auth_admin;
alter table auth.identities owner to supabase_auth_admin;
alter table auth.sessions owner to supabase_auth_admin;
alter table auth.refresh_tokens owner to supabase_auth_admin;
alter table auth.schema_migrations owner to supabase_auth_admin;
alter function auth.uid() owner to supabase_auth_admin;
alter function auth.role() owner to supabase_auth_admin;
alter function auth.email() owner to supabase_auth_admin;
alter function auth.jwt() owner to supabase_auth_admin;

-- storage

create table storage.buckets (
    id text primary key,
    name text not null unique,
    owner_id text,
    public boolean default false
);
create table storage.objects (
    id uuid primary key default gen_random_uuid(),
    bucket_id text references storage.buckets (id),
    name text,
    owner_id text,
    metadata jsonb,
    created_at timestamptz default now()
);
create unique index objects_bucket_name_idx on storage.objects (bucket_id, name);
create table storage.migrations (id integer primary key, name varchar(100) not null unique);
create function storage.foldername(name text) returns text[] language plpgsql immutable
    as $$ begin return (string_to_array(name, '/'))[1:array_length(string_to_array(name, '/'), 1) - 1]; end $$;
alter table storage.buckets enable row level security;
alter table storage.objects enable row level security;
alter table storage.migrations enable row level security;
grant all on storage.buckets, storage.objects to anon, authenticated, service_role, postgres with grant option;
alter table storage.buckets owner to supabase_storage_admin;
alter table storage.objects owner to supabase_storage_admin;
alter table storage.migrations owner to supabase_storage_admin;
grant supabase_storage_admin to postgres;

-- realtime

create table realtime.messages (
    id uuid not null default gen_random_uuid(),
    topic text not null,
    extension text not null,
    payload jsonb,
    inserted_at timestamp not null default now(),
    primary key (id, inserted_at)
) partition by range (inserted_at);
create table realtime.messages_2031_01_01 partition of realtime.messages
    for values from ('2031-01-01') to ('2031-01-02');
create table realtime.subscription (
    id bigint generated always as identity primary key,
    subscription_id uuid not null,
    claims jsonb not null
);
create table realtime.schema_migrations (version bigint primary key);
alter table realtime.messages enable row level security;
grant select, insert, update on realtime.messages to anon, authenticated, service_role;
grant select on realtime.subscription to postgres, anon, authenticated, service_role;
alter table realtime.messages owner to supabase_realtime_admin;

-- graphql, vault, pgbouncer, migrations

create function graphql_public.graphql(
    "operationName" text default null, query text default null, variables jsonb default null, extensions jsonb default null
) returns jsonb language sql as $$ select jsonb_build_object('errors', '[]'::jsonb) $$;
create table vault.secrets (
    id uuid primary key default gen_random_uuid(),
    name text,
    secret text not null,
    created_at timestamptz not null default now()
);
create view vault.decrypted_secrets as select id, name, secret as decrypted_secret from vault.secrets;
grant select, delete on vault.secrets, vault.decrypted_secrets to postgres with grant option;
grant select, delete on vault.secrets, vault.decrypted_secrets to service_role;
create function pgbouncer.get_auth(p_usename text) returns table (username text, password text)
    language plpgsql security definer set search_path = ''
    as $$ begin
        return query select rolname::text, null::text from pg_catalog.pg_roles where rolname = p_usename;
    end $$;
revoke execute on function pgbouncer.get_auth(text) from public;
grant execute on function pgbouncer.get_auth(text) to pgbouncer;
create table supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
alter table supabase_migrations.schema_migrations owner to postgres;

create function extensions.grant_graphql_access() returns event_trigger language plpgsql as 'begin end';
create event trigger issue_graphql_access on ddl_command_end when tag in ('CREATE FUNCTION')
    execute function extensions.grant_graphql_access();

create publication supabase_realtime;
alter publication supabase_realtime owner to postgres;
