-- What looks like a fault of security and is none, or one of another kind: a check that reports any of it, but
-- for what the comments expect, raises a false alarm. Run as a superuser on a server that nobody else uses.

create role anon noinherit;
create role authenticated noinherit;
create role service_role noinherit bypassrls;
create role member;
create role deputy;
grant member to deputy;
create role clerk;
create role chief login;
create role mapped;
create role owner_of_all;
create role api_owner login;
grant anon, authenticated to api_owner;

create schema auth;
create schema storage;
create schema sound;
create schema hidden;
revoke create on schema public from public;
grant usage on schema sound, auth, storage to public;
alter default privileges revoke execute on functions from public;

create function auth.uid() returns uuid language sql stable set search_path = ''
    as $$ select nullif(current_setting('request.sub', true), '')::uuid $$;
create table auth.users (id uuid primary key, email text);
alter table auth.users enable row level security;
grant all on auth.users to authenticated;
create table storage.objects (id uuid primary key, bucket_id text, owner_id uuid);
alter table storage.objects enable row level security;
-- A restrictive policy, and one for a role of the server side, need no bucket.
create policy wall on storage.objects as restrictive to authenticated using (owner_id = (select auth.uid()));
create policy jobs on storage.objects to clerk using (true);
create policy avatars on storage.objects for select to authenticated using (bucket_id = 'avatars');
grant select on storage.objects to authenticated, clerk;

-- A schema that nobody may use hides whatever is granted in it.

create table hidden.invoice (id int primary key, api_key text);
grant all on hidden.invoice to public, anon;
create table hidden.ruled (id int primary key, owner_id uuid, api_key text);
alter table hidden.ruled enable row level security;
grant all on hidden.ruled to public, anon;
create table hidden.parts (id int) partition by range (id);
create table hidden.parts_1 partition of hidden.parts for values from (1) to (9);
alter table hidden.parts enable row level security;
grant all on hidden.parts, hidden.parts_1 to public, anon;
create policy own on hidden.parts for select using (id = 1);
create policy own on hidden.ruled for all using (owner_id = (select auth.uid()));
create view hidden.all_ruled as select * from hidden.ruled;
create materialized view hidden.counted as select count(*) from hidden.ruled;
create view hidden.users as select * from auth.users;
create sequence hidden.number;
grant all on hidden.all_ruled, hidden.counted, hidden.users, hidden.number to public, anon;
create foreign data wrapper pigeon;
create server loft foreign data wrapper pigeon options (host 'loft');
create foreign table hidden.supplier (id int, api_key text) server loft;
grant all on hidden.supplier to public, anon;
create function hidden.secret() returns int language sql security definer set search_path = '' as 'select 1';
grant execute on function hidden.secret() to public, anon, authenticated;
create extension citext schema hidden;
create extension dblink schema hidden;

-- Other kinds of objects with the same names and privileges.

create type sound.pair as (password text, api_key text);
create index on hidden.invoice (api_key);
create table sound.kept (id int primary key, owner_id uuid, password text);
alter table sound.kept drop column password;
alter table sound.kept enable row level security;
grant select, insert, update, delete on sound.kept to authenticated;
grant select (id) on sound.kept to current_user;
create policy own on sound.kept to authenticated using (owner_id = (select auth.uid()));

-- Policies that do not bind, or bind otherwise. Row-level security off makes them the matter of one check only.

create table sound.off (id int primary key, tenant int, owner_id uuid, deputy_id uuid);
grant select, insert, update, delete on sound.off to clerk;
create policy a on sound.off using (true);
create policy b on sound.off for select to authenticated using (owner_id = auth.uid());
create policy c on sound.off for select using (auth.uid() is null);
create policy d on sound.off for update using (auth.uid() is not null) with check (true);
create policy e on sound.off for insert;
create policy f on sound.off as restrictive for delete using (true);
create policy g on sound.off for select using (true);
create policy h on sound.off for delete to chief using (exists (select from sound.off as o where o.id = o.id));
create policy i on sound.off for update to clerk using (tenant = 1);
create policy j on sound.off as restrictive for insert with check (tenant = 1);
-- expect: policy_without_rls sound.off failed

create table sound.walls (id int primary key, tenant int, owner_id uuid);
alter table sound.walls enable row level security;
grant select, insert, update, delete on sound.walls to authenticated;
create policy door on sound.walls to authenticated using (owner_id = (select auth.uid()));
create policy signed_in on sound.walls as restrictive to authenticated using ((select auth.uid()) is not null);
create policy branch on sound.walls as restrictive for select using ((select auth.uid()) is null or tenant = 1);
create policy nothing on sound.walls as restrictive for insert to authenticated with check (tenant = 1 or id = 2);
create policy wide on sound.walls as restrictive for update to authenticated
    using (owner_id = (select auth.uid())) with check (tenant = 1);
create policy for_clerk on sound.walls as restrictive for update to clerk using (tenant = 1);
create policy by_check on sound.walls as restrictive for update to authenticated using (tenant = 2) with check (true);

-- For roles that strangers do not come in with.

create table sound.office (id int primary key, tenant int, owner_id uuid);
alter table sound.office enable row level security;
grant select, insert, update, delete, truncate on sound.office to clerk, chief;
create policy everything on sound.office to clerk using (true);
create policy looking on sound.office for select to chief using (true);
create policy changing on sound.office for update to chief using (tenant = 1) with check (true);
create policy adding on sound.office for insert to chief with check (1 = 1);

-- For everyone, but only roles of the server side hold the privileges, or none but the owner.

create table sound.closed (id int primary key, tenant int);
alter table sound.closed enable row level security;
create policy all_open on sound.closed for update using (true);
create policy seen on sound.closed for select using (tenant = 1);
grant update on sound.closed to service_role;
grant select on sound.closed to clerk;

-- Conditions that are never true, or not always.

create table sound.rare (id int primary key, tenant int, owner_id uuid, published boolean);
alter table sound.rare enable row level security;
grant select, insert, update, delete on sound.rare to authenticated;
create policy never on sound.rare for delete to authenticated using (false);
create policy less on sound.rare for update to authenticated using (1 > 2);
create policy differs on sound.rare for insert to authenticated with check ('a' <> 'a');
create policy published on sound.rare for select to authenticated using (published);

-- Readers by another role, and commands that need none.

create table sound.found (id int primary key, tenant int);
alter table sound.found enable row level security;
grant select, insert, update on sound.found to member;
create policy changing on sound.found for update to deputy using (tenant = 1);
create policy seeing on sound.found for select to member using (tenant = 1);
create policy adding on sound.found for insert to clerk with check (tenant = 1);
grant insert on sound.found to clerk;

-- One asks the other; a third one asks on writing only; an index, a foreign key and a view are no circle.

create table sound.share (project int, user_id uuid);
create table sound.project (id int primary key);
alter table sound.project enable row level security;
alter table sound.share enable row level security;
grant select, delete on sound.project, sound.share to authenticated;
create policy shared on sound.project for select to authenticated
    using (exists (select from sound.share as s where s.project = project.id and s.user_id = (select auth.uid())));
create policy own on sound.share for select to authenticated using (user_id = (select auth.uid()));
create policy leaving on sound.share for delete to authenticated
    using (exists (select from sound.project as p where p.id = share.project));

-- Views that read as their reader, or as one who is bound, or what needs no protection.

select current_setting('server_version_num')::int >= 150000 as knows_invoker \gset
\if :knows_invoker
create view sound.kept_rows with (security_invoker = true) as select id, owner_id from sound.kept;
grant select on sound.kept_rows to authenticated;
\endif
create view sound.barrier with (security_barrier = true) as select id from sound.project where false;
alter view sound.barrier owner to owner_of_all;
grant usage on schema sound to owner_of_all;
grant select on sound.project to owner_of_all;
create view sound.nothing as select 1 as one;
grant select on sound.barrier, sound.nothing to authenticated;

-- Functions: triggers, parsed bodies, the owner's alone, of no arguments, with quoting, in another language.

create function sound.stamp() returns trigger language plpgsql security definer set search_path = ''
    as 'begin return new; end';
grant execute on function sound.stamp() to public, authenticated;
create function sound.parsed() returns bigint language sql security definer return (select count(*) from pg_class);
create function sound.no_arguments() returns void language plpgsql set search_path = ''
    as $$ begin execute 'select ' || 1; end $$;
create function sound.in_sql(what text) returns text language sql immutable set search_path = ''
    as $$ select 'execute ' || what $$;
create function sound.plain(what text) returns void language plpgsql set search_path = ''
    as $$ begin execute what; end $$;
create aggregate sound.total(int) (sfunc = int4pl, stype = int);
create procedure sound.purge() language plpgsql as 'begin commit; end';
create trigger stamp before insert on sound.kept for each row execute function sound.stamp();
create table sound.theirs (id int primary key);
alter table sound.theirs owner to owner_of_all;
create trigger stamp before insert on sound.theirs for each row execute function sound.stamp();
create function sound.theirs_stamp() returns trigger language plpgsql set search_path = ''
    as 'begin return new; end';
alter function sound.theirs_stamp() owner to chief;
grant owner_of_all to chief;
create trigger chiefs before insert on sound.theirs for each row execute function sound.theirs_stamp();
create function sound.on_ddl() returns event_trigger language plpgsql set search_path = '' as 'begin end';
alter function sound.on_ddl() owner to owner_of_all;
create event trigger asleep on sql_drop execute function sound.on_ddl();
alter event trigger asleep disable;

-- The owner's own, and roles that cannot log in.

create table sound.forced (id int primary key, tenant int);
alter table sound.forced owner to chief;
alter table sound.forced enable row level security, force row level security;
create policy own on sound.forced for select to chief using (tenant = 1);
create table sound.chiefs_plain (id int primary key);
alter table sound.chiefs_plain owner to chief;
grant select (id) on sound.chiefs_plain to chief;
set password_encryption = 'md5';
set client_min_messages = error;
alter role clerk password 'example';
set password_encryption = 'scram-sha-256';
reset client_min_messages;

-- Sequences, settings, publications, accounts elsewhere.

create sequence sound.number;
grant all on sequence sound.number to authenticated;
create user mapping for mapped server loft;
create publication nothing;
create publication plain for table sound.theirs;
alter role chief set app.token_lifetime = '15';
alter default privileges for role owner_of_all in schema sound grant all on tables to clerk;

-- Partitions are their parent's matter.

create table sound.open_parts (id int) partition by range (id);
create table sound.open_parts_1 partition of sound.open_parts for values from (1) to (9);
grant select on sound.open_parts, sound.open_parts_1 to authenticated;
-- expect: rls_disabled sound.open_parts failed
create table sound.hidden_parts (id int) partition by range (id);
create table sound.hidden_parts_1 partition of sound.hidden_parts for values from (1) to (9);
grant select on sound.hidden_parts_1 to authenticated;
-- expect: rls_disabled sound.hidden_parts_1 failed
create table sound.keyed (id int, api_key text) partition by range (id);
create table sound.keyed_1 partition of sound.keyed for values from (1) to (9);
alter table sound.keyed enable row level security;
alter table sound.keyed_1 enable row level security;
create policy own on sound.keyed for select to authenticated using (id = 1);
create policy own on sound.keyed_1 for select to authenticated using (id = 1);
grant select on sound.keyed, sound.keyed_1 to authenticated;
grant truncate on sound.keyed_1 to authenticated;
-- expect: sensitive_column_exposed sound.keyed.api_key info

-- One kind of fault, and not another beside it.

create function sound.open_to_all() returns int language sql set search_path = '' as 'select 1';
grant execute on function sound.open_to_all() to public;
-- expect: function_for_everyone sound info
create function sound.defined() returns int language sql security definer as 'select 1';
-- expect: definer_search_path sound.defined() warning
create function sound.defined_for_all() returns int language sql security definer set search_path = '' as 'select 1';
grant execute on function sound.defined_for_all() to public;
-- expect: definer_for_anonymous sound.defined_for_all() warning
create function hidden.add(int, int) returns int language internal strict security definer as 'int4pl';
grant execute on function hidden.add(int, int) to public;
create function sound.subtract(int, int) returns int language internal strict as 'int4mi';
-- expect: untrusted_function hidden.add(integer, integer) warning
-- expect: untrusted_function sound.subtract(integer, integer) warning
create role owner_of_plain;
grant owner_of_plain to authenticated;
create table sound.plain_owned (id int primary key);
alter table sound.plain_owned owner to owner_of_plain;
\if :knows_invoker
create view sound.users with (security_barrier = true, security_invoker = true) as select id from auth.users;
grant select on sound.users to authenticated;
\endif
create view sound.mine with (security_barrier = true) as select id from sound.kept where owner_id = auth.uid();
grant select on sound.mine to authenticated;
-- expect: view_bypasses_rls sound.mine warning
create schema pgmq;
grant usage on schema pgmq to public;
create sequence pgmq.q_numbers;
grant select on pgmq.q_numbers to public;
create table sound.q_mail (id int primary key);
alter table sound.q_mail enable row level security;
create role boss superuser;
grant select on sound.kept to boss;
create policy for_boss on sound.kept for select to boss, member using (owner_id = (select auth.uid()));
grant select on sound.kept to member;
create table sound.off_too (id int primary key, tenant int);
create policy server on sound.off_too to service_role using (true);
-- expect: policy_without_rls sound.off_too warning

-- One policy each: what is said of it is not said of the others.

create function sound.bent() returns boolean language plpgsql stable as 'begin return exists (select from kept); end';
create function sound.moving() returns uuid language sql set search_path = '' as 'select auth.uid()';
create function sound.fixed() returns int language sql immutable set search_path = ''
    as $$ select current_setting('app.tenant', true)::int $$;
create table sound.asking (id int primary key, tenant int, owner_id uuid);
alter table sound.asking enable row level security;
grant select, insert, delete on sound.asking to authenticated;
create policy by_bent on sound.asking for select to authenticated using ((select sound.bent()));
create policy by_moving on sound.asking for insert to authenticated with check (owner_id = (select sound.moving()));
create policy by_fixed on sound.asking for delete to authenticated using (tenant = (select sound.fixed()));
-- expect: function_search_path sound.bent() info
-- expect: policy_function_search_path sound.asking.by_bent warning
-- expect: policy_volatile_function sound.asking.by_moving warning
-- expect: policy_immutable_function sound.asking.by_fixed warning

create table sound.log (id int primary key, project int);
create table sound.watcher (id int primary key, log int);
alter table sound.log enable row level security;
alter table sound.watcher enable row level security;
grant select on sound.log, sound.watcher to authenticated;
create policy shared on sound.log for select to authenticated
    using (exists (select from sound.share as s where s.project = log.project));
create policy watching on sound.watcher for select to authenticated
    using (exists (select from sound.log as l where l.id = watcher.log));

create table sound.posted (id int primary key, published boolean);
alter table sound.posted enable row level security;
grant select, insert on sound.posted to anon;
create policy readable on sound.posted for select to anon using (published);
create policy nowhere on sound.walls as restrictive for insert to authenticated;

create table sound.off_walls (id int primary key, tenant int);
create policy wall on sound.off_walls as restrictive using (tenant = 1);
create policy changing on sound.off_walls as restrictive for update using (tenant = 1);
-- expect: policy_without_rls sound.off_walls warning
create table sound.off_open (id int primary key, tenant int);
grant select, update on sound.off_open to authenticated;
create policy changing on sound.off_open for update using (tenant = 1);
-- expect: policy_without_rls sound.off_open failed
-- expect: rls_disabled sound.off_open failed
