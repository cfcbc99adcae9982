-- A schema in which every kind of mutants finds something.

do $$ begin create role mutate_reader nologin; exception when duplicate_object then null; end $$;
create schema app;
create schema "Odd.Name";
grant usage on schema app to mutate_reader;

create type app.mood as enum ('good', 'bad');
create domain app.short as text not null constraint short_length check (length(value) < 9);

create table app.owner (
    id integer primary key,
    name app.short unique,
    during int4range,
    constraint owner_apart exclude using gist (during with &&)
);
create table app.note (
    id integer generated always as identity primary key,
    owner_id integer not null references app.owner on delete cascade,
    body text constraint note_body check (body <> ''),
    mood app.mood not null default 'good',
    urgent boolean default false,
    rank integer default 1,
    made timestamptz default now(),
    size integer generated always as (length(body)) stored,
    constraint note_unique unique (owner_id, body)
);
create index note_rank on app.note (rank);
create unique index note_one_urgent on app.note (owner_id) where urgent;
alter table app.note enable row level security, force row level security;
create policy own on app.note for select to mutate_reader using (owner_id = 1);
create policy wall on app.note as restrictive to mutate_reader using (owner_id > 0) with check (owner_id < 9);
create policy "odd ""policy""" on app.note for update using (true) with check (owner_id = 2);
grant select on app.note to mutate_reader;
grant update (body) on app.note to mutate_reader;
create sequence app.numbers;
grant usage on sequence app.numbers to mutate_reader;

create function app.stamp() returns trigger language plpgsql security definer set search_path = '' as $body$
begin
    -- a = b and c, $$ or ' not closed
    if new.rank > 5 and new.urgent then
        new.rank := 5;
        new.made := now();
    else
        new.made = now();
    end if;
    return new;
end
$body$;
create trigger stamp before insert on app.note for each row execute function app.stamp();
create function app.likes(a integer, b integer default 1) returns boolean language sql immutable strict
    return a = b or a < 0;
create function app.old(a integer) returns setof integer language sql as
    'select case when a = 1 then 2 else 3 end where ''x'' is not null';
revoke execute on function app.likes(integer, integer) from public;
grant execute on function app.likes(integer, integer) to mutate_reader;

create view app.urgent with (security_invoker = true, security_barrier = true) as
    select * from app.note where urgent with check option;
create function app.into_view() returns trigger language plpgsql as 'begin return new; end';
create view app.both as select id from app.owner;
create trigger fill instead of insert on app.both for each row execute function app.into_view();

create table "Odd.Name"."Odd ""Table""" ("Odd Column" text not null default 'a%s', constraint "odd key" unique ("Odd Column"));
create policy "p%" on "Odd.Name"."Odd ""Table""" for delete to mutate_reader using ("Odd Column" = 'it''s');
