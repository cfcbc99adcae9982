-- A schema whose access matrix is known cell by cell; each table is a case of its own.
-- Roles are made by the test: access_anon, access_user, access_owner (owns the tables), access_service.

create schema app;
grant usage on schema app to access_anon, access_user, access_service, access_owner;

create function app.uid() returns text language sql stable
return current_setting('request.jwt.claims', true)::jsonb ->> 'sub';

-- Own rows, the whole way.
create table app.plain (id bigint generated always as identity primary key, owner text not null, body text);
alter table app.plain enable row level security;
grant select, insert, update, delete on app.plain to access_user;
grant all on app.plain to access_service;
create policy own on app.plain to access_user using (owner = (select app.uid()));
insert into app.plain (owner, body) select 'u' || n % 3, 'b' from generate_series(1, 30) as n;

-- USING keeps to one's own rows, and WITH CHECK lets anything out.
create table app.leaky (id int primary key, owner text not null);
alter table app.leaky enable row level security;
grant select, update on app.leaky to access_user;
create policy look on app.leaky for select to access_user using (owner = (select app.uid()));
create policy own on app.leaky for update to access_user using (owner = (select app.uid())) with check (true);
insert into app.leaky select n, 'u' || n % 3 from generate_series(1, 9) as n;

-- Reading is kept to one's own rows, writing is not: an UPDATE without a WHERE gets at all of them.
create table app.blind (id int primary key, owner text not null);
alter table app.blind enable row level security;
grant select, update, delete on app.blind to access_user;
create policy look on app.blind for select to access_user using (owner = (select app.uid()));
create policy change on app.blind for update to access_user using (true);
create policy remove on app.blind for delete to access_user using (owner = (select app.uid()));
insert into app.blind select n, 'u' || n % 3 from generate_series(1, 9) as n;

-- Only some columns are granted.
create table app.columns (id int primary key, owner text not null, secret text, note text);
alter table app.columns enable row level security;
grant select (note), update (note), insert (id, owner, note) on app.columns to access_user;
create policy own on app.columns to access_user using (owner = (select app.uid()));
insert into app.columns select n, 'u' || n % 3, 's', 'n' from generate_series(1, 9) as n;

-- Who owns a table passes by its policies; with FORCE not.
create table app.owned (id int primary key, owner text);
alter table app.owned enable row level security;
alter table app.owned owner to access_owner;
insert into app.owned values (1, 'u1'), (2, 'u2');
create table app.forced (id int primary key, owner text);
alter table app.forced enable row level security, force row level security;
insert into app.forced values (1, 'u1'), (2, 'u2');
alter table app.forced owner to access_owner;

-- A permissive policy for all, and a wall.
create table app.walled (id int primary key, tenant int not null, owner text);
alter table app.walled enable row level security;
grant select, insert, update, delete on app.walled to access_user;
create policy everyone on app.walled to access_user using (true);
create policy wall on app.walled as restrictive to access_user
    using (tenant = (current_setting('request.jwt.claims', true)::jsonb ->> 'tenant')::int);
insert into app.walled select n, n % 2 + 1, 'x' from generate_series(1, 8) as n;

-- A policy that fails.
create function app.fails() returns boolean language plpgsql stable as $$
begin
    return 1 / (length(current_setting('server_version')) - length(current_setting('server_version'))) = 1;
end $$;
create table app.failing (id int primary key);
alter table app.failing enable row level security;
grant select, delete on app.failing to access_user;
create policy fails on app.failing to access_user using (app.fails());
insert into app.failing values (1);

-- Triggers: one that says no to anybody, one that says no to whoever it is, and one that says so by its code.
create function app.refuse() returns trigger language plpgsql as $$
begin raise exception 'not on a Sunday'; end $$;
create function app.forbid() returns trigger language plpgsql as $$
begin raise exception 'only for the service' using errcode = 'insufficient_privilege'; end $$;
create table app.triggered (id int primary key, owner text not null);
alter table app.triggered enable row level security;
grant select, insert, update, delete on app.triggered to access_user;
create policy own on app.triggered to access_user using (owner = (select app.uid()));
create trigger refuse before insert or delete on app.triggered for each row execute function app.refuse();
create trigger forbid before update on app.triggered for each row execute function app.forbid();
alter table app.triggered disable trigger refuse;
insert into app.triggered select n, 'u' || n % 3 from generate_series(1, 9) as n;
alter table app.triggered enable trigger refuse;

-- Partitions, and one that is granted by itself and has no policies.
create table app.parted (id int, owner text not null, primary key (id)) partition by range (id);
create table app.parted_1 partition of app.parted for values from (0) to (10);
create table app.parted_2 partition of app.parted for values from (10) to (20);
alter table app.parted enable row level security;
grant select, insert, update, delete on app.parted to access_user;
grant select on app.parted_2 to access_user;
create policy own on app.parted to access_user using (owner = (select app.uid()));
insert into app.parted select n, 'u' || n % 3 from generate_series(1, 19) as n;

-- Generated columns, a composite key, a foreign key that nothing may be deleted behind.
create table app.parent (
    tenant int, no int, owner text not null, twice int generated always as (no * 2) stored,
    primary key (tenant, no)
);
create table app.child (tenant int, no int, foreign key (tenant, no) references app.parent);
alter table app.parent enable row level security;
alter table app.child enable row level security;
grant select, insert, update, delete on app.parent to access_user;
create policy own on app.parent to access_user using (owner = (select app.uid()));
insert into app.parent select 1, n, 'u' || n % 3 from generate_series(1, 9) as n;
insert into app.child select 1, n from generate_series(1, 9) as n;

-- No key at all.
create table app.keyless (owner text, body text);
alter table app.keyless enable row level security;
grant select, insert, update, delete on app.keyless to access_user;
create policy own on app.keyless to access_user using (owner = (select app.uid()));
insert into app.keyless select 'u' || n % 3, 'same' from generate_series(1, 9) as n;

-- Nothing in it yet.
create table app.empty (
    id int primary key, sub text not null, kind text not null check (kind in ('a', 'b')), born date not null
);
alter table app.empty enable row level security;
grant select, insert, update, delete on app.empty to access_user;
create policy own on app.empty to access_user using (sub = (select app.uid()));

-- No policies, and a grant too many.
create table app.open (id int primary key);
insert into app.open values (1);
grant select, insert, truncate on app.open to access_anon;

-- Row-level security, and no policy.
create table app.closed (id int primary key);
alter table app.closed enable row level security;
grant select, insert, update, delete on app.closed to access_anon;
insert into app.closed values (1);

-- A view with the rights of its owner, one with those of whoever looks, and one that looks at who looks.
create view app.as_owner as select id, owner from app.plain;
create view app.mine as select id, owner from app.plain where owner = app.uid();
create materialized view app.stored as select count(*) from app.plain;
grant select, delete on app.as_owner to access_anon, access_user;
grant select on app.mine, app.stored to access_user;
