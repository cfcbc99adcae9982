-- The part of Supabase's auth schema that policies lean on: who is signed in, read from the
-- claims that the API puts into the setting request.jwt.claims for the length of a request.

create schema if not exists auth;
create schema if not exists extensions;

create table if not exists auth.users (
    id uuid primary key default gen_random_uuid(),
    email text unique,
    raw_user_meta_data jsonb not null default '{}',
    created_at timestamptz not null default now()
);

alter table auth.users enable row level security;

create or replace function auth.jwt() returns jsonb
    language sql stable
    set search_path = ''
return nullif(current_setting('request.jwt.claims', true), '')::jsonb;

create or replace function auth.uid() returns uuid
    language sql stable
    set search_path = ''
return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;

create or replace function auth.role() returns text
    language sql stable
    set search_path = ''
return nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role';

grant usage on schema auth, extensions to anon, authenticated, service_role;
grant execute on function auth.jwt(), auth.uid(), auth.role() to anon, authenticated, service_role;
grant select, insert, update, delete on auth.users to service_role;
