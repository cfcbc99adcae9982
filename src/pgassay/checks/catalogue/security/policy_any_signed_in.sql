-- title: Policy that only asks whether someone is signed in
-- level: warning
-- since: 14
-- help: Compare a column of the row with the caller in {object}, such as (owner_id = (select auth.uid())).
--
-- The condition looks at the caller and not at the row, so any account (everyone may make one, unless sign-up
-- is closed) reaches every row. Seen are the usual ways to write it: auth.role() = 'authenticated',
-- auth.uid() is not null, the same in a sub-select, with the claim "role" of auth.jwt(), or joined by and/or.
-- A warning for commands that write, information for reading.

with judged as (
    select
        p.polname,
        p.polcmd,
        format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
        regexp_replace(
            deciding.condition,
            '\(+ ?SELECT \(*(auth\.(?:uid|role|jwt)\(\)(?: ->> ''role''::text)?)\)*(?: AS \w+)?\)+',
            '\1',
            'g'
        ) as condition
    from pg_catalog.pg_policy as p
    join pg_catalog.pg_class as c on c.oid = p.polrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    cross join lateral (
        select pg_get_expr(case p.polcmd when 'a' then p.polwithcheck else p.polqual end, p.polrelid)
    ) as deciding (condition)
    where p.polpermissive
        and strpos(deciding.condition, 'auth.') > 0
        and c.relrowsecurity
        and n.nspname <> all (:'ignored_schemas'::name[])
)
select
    object,
    format(
        'any account passes for %s: %s',
        case polcmd
            when '*' then 'all commands'
            when 'r' then 'select'
            when 'a' then 'insert'
            when 'w' then 'update'
            else 'delete'
        end,
        condition
    ) as detail,
    case polcmd when 'r' then 'info' else 'warning' end as level
from judged
where condition ~ (
    '^[( ]*(((auth\.role\(\)|\(*auth\.jwt\(\) ->> ''role''::text\)*) = ''authenticated''::text'
    || '|auth\.uid\(\) IS NOT NULL)[) ]*( (AND|OR) [( ]*|$))+$'
);

-- breaks: any account changes anything
create schema auth;
create function auth.role() returns text language sql stable return current_setting('request.role', true);
create schema shop;
create table shop.invoice (id int primary key, owner_id uuid);
alter table shop.invoice enable row level security;
create policy members on shop.invoice for update using (auth.role() = 'authenticated');

-- breaks: the same with a user in a sub-select
create schema auth;
create function auth.uid() returns uuid language sql stable return current_setting('request.sub', true)::uuid;
create schema shop;
create table shop.invoice (id int primary key, owner_id uuid);
alter table shop.invoice enable row level security;
create policy members on shop.invoice using ((select auth.uid()) is not null);

-- breaks: both at once
create schema auth;
create function auth.uid() returns uuid language sql stable return current_setting('request.sub', true)::uuid;
create function auth.jwt() returns jsonb language sql stable return current_setting('request.jwt', true)::jsonb;
create schema shop;
create table shop.invoice (id int primary key, owner_id uuid);
alter table shop.invoice enable row level security;
create policy members on shop.invoice for insert
    with check (auth.uid() is not null and (select auth.jwt() ->> 'role') = 'authenticated');

-- holds: the row is compared with the user
create schema auth;
create function auth.uid() returns uuid language sql stable return current_setting('request.sub', true)::uuid;
create schema shop;
create table shop.invoice (id int primary key, owner_id uuid);
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (auth.uid() is not null and owner_id = (select auth.uid()));

-- holds: only reading, which is information
create schema auth;
create function auth.role() returns text language sql stable return current_setting('request.role', true);
create schema shop;
create table shop.country (code text primary key);
alter table shop.country enable row level security;
create policy members on shop.country for select using (auth.role() = 'authenticated');
