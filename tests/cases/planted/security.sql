-- Faults of security, each found by the check that its comment names, as the object that follows. Run as a
-- superuser on a server that nobody else uses, in a database called planted: roles and settings stay.

create role anon noinherit bypassrls;
-- found by: api_role_unbound anon
create role authenticated noinherit;
create role service_role noinherit bypassrls;
create role clerk;
create role intern;
create role backoffice login createrole;
-- found by: login_role_powers backoffice
create role shop_app login;

create schema auth;
create schema storage;
create schema shop;
create schema partner;
grant usage on schema shop, auth, storage to anon, authenticated, service_role, public;
grant create on schema shop to public;
-- found by: schema_open_to_create shop
grant create on database planted to public;
-- found by: database_open_to_create planted

create function auth.uid() returns uuid language sql stable set search_path = ''
    as $$ select nullif(current_setting('request.sub', true), '')::uuid $$;
create function auth.role() returns text language sql stable set search_path = ''
    as $$ select current_setting('request.role', true) $$;
create function auth.jwt() returns jsonb language sql stable set search_path = ''
    as $$ select current_setting('request.jwt', true)::jsonb $$;
create table auth.users (id uuid primary key, email text, raw_user_meta_data jsonb);
alter table auth.users enable row level security;
create table storage.objects (id uuid primary key, bucket_id text, owner_id uuid);
alter table storage.objects enable row level security;
create table shop.member (id int primary key, tenant int, user_id uuid);
alter table shop.member enable row level security;

-- Tables

create table shop.invoice (id int primary key, total numeric);
grant select on shop.invoice to anon;
-- found by: rls_disabled shop.invoice

create table shop.payment (id int primary key, total numeric);
grant insert (total) on shop.payment to authenticated;
-- found by: rls_disabled shop.payment

create table shop.event (id int, tenant int) partition by range (id);
create table shop.event_1 partition of shop.event for values from (1) to (100);
alter table shop.event enable row level security;
create policy own on shop.event for select to authenticated using (tenant = 1);
grant select on shop.event, shop.event_1 to authenticated;
-- found by: rls_not_on_child shop.event_1

create table shop.document (id int primary key);
create table shop.contract (signed date) inherits (shop.document);
alter table shop.document enable row level security;
grant select on shop.contract to authenticated;
-- found by: rls_not_on_child shop.contract
-- found by: rls_required shop.contract

create table shop.locked (id int primary key);
alter table shop.locked enable row level security;
grant select on shop.locked to authenticated;
-- found by: rls_enabled_no_policy shop.locked

create table shop.parcel (id int primary key, tenant int);
create policy own on shop.parcel using (tenant = 1);
grant select on shop.parcel to clerk;
-- found by: policy_without_rls shop.parcel

create table shop.own_rules (id int primary key, tenant int);
alter table shop.own_rules owner to shop_app;
alter table shop.own_rules enable row level security;
-- found by: rls_owner_exempt shop.own_rules

create table shop.theirs (id int primary key);
alter table shop.theirs owner to authenticated;
-- found by: owned_by_api_role shop.theirs

create schema pgmq;
grant usage on schema pgmq to anon;
create table pgmq.q_mail (msg_id bigint, message jsonb);
grant select on pgmq.q_mail to anon;
-- found by: queue_without_rls pgmq.q_mail

-- Policies, each on a table of its own so that none hides another

create function shop.protected(name text) returns void language plpgsql set search_path = '' as $$
begin
    execute format(
        'create table shop.%I (id int primary key, tenant int, owner_id uuid, deputy_id uuid, published boolean)',
        name
    );
    execute format('alter table shop.%I enable row level security', name);
    execute format('grant select, insert, update, delete on shop.%I to authenticated', name);
end
$$;
select shop.protected('p_' || name)
from unnest(array[
    'true', 'branch', 'insert', 'read', 'signed', 'strange', 'wide', 'empty', 'cancelled', 'several', 'everyone',
    'wrapped', 'metadata', 'itself', 'circle', 'wall', 'nothing', 'volatile', 'path', 'unread', 'unused', 'index',
    'many', 'twice', 'unknown', 'unbound', 'immutable'
]) as name;

create policy rule on shop.p_true using (true);
-- found by: policy_always_true_write shop.p_true.rule
create policy rule on shop.p_branch for delete to authenticated using (tenant = 1 or true);
-- found by: policy_always_true_write shop.p_branch.rule
create policy rule on shop.p_insert for insert to authenticated with check (7 = 7);
-- found by: policy_always_true_write shop.p_insert.rule
create policy rule on shop.p_read for select using (true);
-- found by: policy_always_true_read shop.p_read.rule
create policy rule on shop.p_signed for update using ((select auth.uid()) is not null);
-- found by: policy_any_signed_in shop.p_signed.rule
create policy rule on shop.p_strange for select using ((select auth.uid()) is null or owner_id = (select auth.uid()));
-- found by: policy_open_to_strangers shop.p_strange.rule
create policy rule on shop.p_wide for update to authenticated using (owner_id = (select auth.uid())) with check (true);
-- found by: policy_check_wider shop.p_wide.rule
create policy drops on shop.p_wide for update to authenticated
    using (owner_id = (select auth.uid()) and tenant = 1) with check (tenant = 1);
-- found by: policy_check_wider shop.p_wide.drops
create policy rule on shop.p_empty for insert to authenticated;
-- found by: policy_without_condition shop.p_empty.rule
create policy strict on shop.p_cancelled for select to authenticated using (owner_id = (select auth.uid()));
create policy wide on shop.p_cancelled for select using (true);
-- found by: policy_cancelled shop.p_cancelled.strict
create policy one on shop.p_several for select to authenticated using (tenant = 1);
create policy two on shop.p_several for select to authenticated using (tenant = 2);
-- found by: policy_several_permissive shop.p_several
create policy rule on shop.p_everyone for select using (tenant = 1);
-- found by: policy_for_everyone shop.p_everyone.rule
create policy rule on shop.p_wrapped for select to authenticated
    using (owner_id = (select auth.uid()) or deputy_id = auth.uid());
-- found by: policy_calls_per_row shop.p_wrapped.rule
create policy rule on shop.p_metadata for select to authenticated
    using (tenant = ((select auth.jwt()) -> 'user_metadata' ->> 'tenant')::int);
-- found by: policy_trusts_user_metadata shop.p_metadata.rule
create policy rule on shop.p_itself for select to authenticated
    using (exists (select from shop.member as m where m.tenant = tenant and m.user_id = (select auth.uid())));
-- found by: policy_self_comparison shop.p_itself.rule
create policy rule on shop.p_circle for select to authenticated
    using (tenant in (select c.tenant from shop.p_circle as c where c.owner_id = (select auth.uid())));
-- found by: policy_recursion shop.p_circle.rule
create policy rule on shop.p_wall as restrictive for select to authenticated using (tenant = 1);
-- found by: policy_only_restrictive shop.p_wall.rule
create policy rule on shop.p_nothing as restrictive to authenticated using (true);
create policy door on shop.p_nothing to authenticated using (tenant = 1);
-- found by: policy_restricts_nothing shop.p_nothing.rule
create function shop.me() returns uuid language sql set search_path = '' as 'select auth.uid()';
revoke execute on function shop.me() from public;
create policy rule on shop.p_volatile for select to authenticated using (owner_id = (select shop.me()));
-- found by: policy_volatile_function shop.p_volatile.rule
create function shop.is_member() returns boolean language plpgsql stable
    as 'begin return exists (select from member); end';
create policy rule on shop.p_path for select to authenticated using ((select shop.is_member()));
-- found by: policy_function_search_path shop.p_path.rule
-- found by: function_search_path shop.is_member()
-- found by: function_for_everyone shop
create policy rule on shop.p_unread for update to authenticated using (tenant = 1);
-- found by: policy_write_without_read shop.p_unread.rule
create policy rule on shop.p_unused for select to clerk using (tenant = 1);
-- found by: policy_without_privilege shop.p_unused.rule
insert into shop.p_index (id, tenant) select n, n from generate_series(1, 2000) as n;
analyze shop.p_index;
create policy rule on shop.p_index for select to authenticated using (owner_id = (select auth.uid()));
-- found by: policy_column_without_index shop.p_index.owner_id
create policy rule on storage.objects for select to authenticated using (owner_id = (select auth.uid()));
-- found by: storage_policy_unscoped storage.objects.rule
create policy one on shop.p_many for select to authenticated using (tenant = 1);
-- found by: expected_policies shop.p_many
create policy one on shop.p_twice for select to authenticated using (tenant = 1);
create policy two on shop.p_twice for select to authenticated using (tenant = 1);
-- found by: policy_duplicate shop.p_twice
create policy rule on shop.p_unknown for select to authenticated using ((select auth.role()) = 'authentic');
-- found by: policy_unknown_role shop.p_unknown.rule
create policy rule on shop.p_unbound for delete to service_role using (true);
-- found by: policy_for_unbound_role shop.p_unbound.rule
create function shop.tenant() returns int language sql immutable set search_path = ''
    as $$ select current_setting('app.tenant', true)::int $$;
create policy rule on shop.p_immutable for select to authenticated using (tenant = (select shop.tenant()));
-- found by: policy_immutable_function shop.p_immutable.rule
-- found by: expected_policies database

-- Privileges

grant insert on shop.p_everyone to anon;
create policy adding on shop.p_everyone for insert to anon with check (tenant = 1);
-- found by: anonymous_may_write shop.p_everyone
grant truncate on shop.locked to authenticated;
-- found by: privileges_past_rls shop.locked
create sequence shop.number;
grant all on sequence shop.number to anon;
-- found by: sequence_writable shop.number
create table shop.customer (id int primary key, name text, password_hash text);
alter table shop.customer enable row level security;
grant select on shop.customer to clerk;
grant select (id, name) on shop.customer to clerk;
-- found by: column_grant_defeated shop.customer
create table shop.account (id int primary key, api_key text);
grant select on shop.account to authenticated;
-- found by: sensitive_column_exposed shop.account.api_key
alter default privileges in schema shop grant all on tables to anon;
-- found by: default_privileges_open "tables of postgres in shop"
grant select on pg_catalog.pg_authid to authenticated;
-- found by: system_catalog_exposed pg_catalog.pg_authid
grant execute on function pg_catalog.pg_read_file(text) to authenticated;
-- found by: server_files_reachable pg_catalog.pg_read_file(text)

-- Views, materialized views, foreign tables

create view shop.members as select * from shop.member;
grant select on shop.members to authenticated;
-- found by: view_bypasses_rls shop.members
select current_setting('server_version_num')::int >= 150000 as knows_invoker \gset
create view shop.members_too as select * from shop.member;
\if :knows_invoker
alter view shop.members_too set (security_invoker = false);
\endif
grant select on shop.members_too to authenticated;
-- found by: view_bypasses_rls shop.members_too
create materialized view shop.member_count as select tenant, count(*) from shop.member group by tenant;
grant select on shop.member_count to anon;
-- found by: materialized_view_exposed shop.member_count
create view shop.users as select id, email from auth.users;
grant select on shop.users to anon;
-- found by: platform_tables_exposed shop.users
create view shop.users_too as select id, email from auth.users;
\if :knows_invoker
alter view shop.users_too set (security_invoker = false);
\endif
grant select on shop.users_too to authenticated;
-- found by: platform_tables_exposed shop.users_too
create foreign data wrapper pigeon;
create server loft foreign data wrapper pigeon options (host 'loft', password 'example');
-- found by: secret_in_foreign_options loft
create user mapping for public server loft;
-- found by: user_mapping_for_everyone loft
create foreign table shop.supplier (id int) server loft;
grant select on shop.supplier to authenticated;
-- found by: foreign_table_exposed shop.supplier

-- Functions

create function shop.remove_member(who int) returns void language sql security definer
    as 'delete from shop.member where id = who';
-- found by: definer_search_path shop.remove_member(integer)
-- found by: definer_for_anonymous shop.remove_member(integer)
create function shop.rename_member(who int) returns void language sql security definer set search_path = ''
    as 'update shop.member set tenant = 1 where id = who';
revoke execute on function shop.rename_member(int) from public;
grant execute on function shop.rename_member(int) to authenticated;
-- found by: definer_for_signed_in shop.rename_member(integer)
create function shop.empty(what text) returns void language plpgsql set search_path = ''
    as $$ begin execute 'delete from ' || what; end $$;
-- found by: dynamic_sql shop.empty(text)
create function shop.is_one(n int) returns boolean language sql immutable leakproof return n = 1;
-- found by: leakproof_function shop.is_one(integer)
create function shop.add(int, int) returns int language internal strict as 'int4pl';
-- found by: untrusted_function "shop.add(integer, integer)"
create function shop.stamp() returns trigger language plpgsql set search_path = '' as 'begin return new; end';
create trigger stamp before insert on shop.invoice for each row execute function shop.stamp();
alter function shop.stamp() owner to intern;
-- found by: trigger_function_owner shop.invoice.stamp
create function partner.on_ddl() returns event_trigger language plpgsql set search_path = '' as 'begin end';
create event trigger watch on sql_drop execute function partner.on_ddl();
grant create on schema partner to intern;
alter function partner.on_ddl() owner to intern;
-- found by: event_trigger_owner watch

-- Extensions, publications, settings

create extension pg_trgm schema shop version '1.5';
-- found by: extension_in_api_schema pg_trgm
-- found by: extension_outdated pg_trgm
create extension dblink schema shop;
-- found by: network_functions_reachable "shop.dblink(text, text)"
create publication everything for all tables;
-- found by: publication_past_rls everything
create publication events for table shop.event;
-- found by: publication_past_rls events
set password_encryption = 'md5';
alter role clerk login password 'example';
-- found by: password_stored_as_md5 clerk
alter database planted set password_encryption = 'md5';
-- found by: password_encryption_md5 password_encryption
alter database planted set log_statement = 'ddl';
-- found by: statements_logged log_statement
alter database planted set lo_compat_privileges = on;
-- found by: large_objects_open lo_compat_privileges
alter database planted set app.jwt_secret = 'example';
-- found by: secret_in_settings app.jwt_secret
