-- title: Accounts or secrets of the platform that API roles can read
-- level: failed
-- since: 14
-- parameter: tables = auth.users, auth.identities, auth.sessions, auth.refresh_tokens, vault.secrets,
--   vault.decrypted_secrets (names) tables that hold accounts or secrets
-- help: Leave the columns out, or revoke all on {object} from public, anon, authenticated; show users what
--   they need by a table of profiles.
--
-- A view over auth.users reads it as the view's owner, and shows mail addresses, hashes and tokens of all
-- users. Views and materialized views are followed through each other; a security_invoker view counts only
-- where the role may read the table itself. A view that asks itself who is reading is a warning. A privilege
-- on the table itself counts while no row-level security stands behind it.

with recursive protected as (
    -- Not by to_regclass, which asks for USAGE on the schema.
    select c.oid, n.nspname || '.' || c.relname as name
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where n.nspname || '.' || c.relname = any (:'tables'::text[])
),
source as (
    select distinct
        r.ev_class as view,
        d.refobjid as relation,
        c.relkind = 'm' or not exists (
            select
            from pg_options_to_table(c.reloptions) as option
            where option.option_name = 'security_invoker'
                and option.option_value::boolean
        ) as as_owner
    from pg_catalog.pg_rewrite as r
    join pg_catalog.pg_class as c on c.oid = r.ev_class
    join pg_catalog.pg_depend as d on d.classid = 'pg_catalog.pg_rewrite'::regclass
        and d.objid = r.oid
        and d.refclassid = 'pg_catalog.pg_class'::regclass
        and d.refobjid <> r.ev_class
),
shown as (
    select s.view, p.oid as relation, p.name, s.as_owner
    from protected as p
    join source as s on s.relation = p.oid
    union
    select s.view, shown.relation, shown.name, shown.as_owner
    from shown
    join source as s on s.relation = shown.view
),
reachable as (
    select view as oid, relation, name, as_owner
    from shown
    union all
    select p.oid, p.oid, p.name, true
    from protected as p
    join pg_catalog.pg_class as c on c.oid = p.oid and c.relkind in ('r', 'p') and not c.relrowsecurity
)
select
    format('%I.%I', n.nspname, c.relname) as object,
    format('%s may read %s', reader.roles, string_agg(distinct r.name, ', '))
    || case when asks.who then '; the view asks itself who is reading' else '' end as detail,
    case when asks.who then 'warning' else 'failed' end as level
from reachable as r
join pg_catalog.pg_class as c on c.oid = r.oid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
join pg_catalog.pg_class as protected_table on protected_table.oid = r.relation
cross join lateral (
    select string_agg(case role when 'public' then 'every role' else role end, ', ' order by role) as roles
    from unnest(:'api_roles'::name[]) as role
    where has_schema_privilege(role, n.oid, 'usage')
        and has_any_column_privilege(role, c.oid, 'select')
        and (
            r.as_owner
            or (not protected_table.relrowsecurity and has_any_column_privilege(role, r.relation, 'select'))
        )
) as reader
cross join lateral (
    select c.relkind = 'v'
        and pg_get_viewdef(c.oid)
        ~ '\mauth\.(uid|jwt|role|email)\(|\mcurrent_setting\(|\m(CURRENT_USER|SESSION_USER)\M' as who
) as asks
where reader.roles is not null
    -- The tables themselves lie in schemas that are left out otherwise.
    and (n.nspname <> all (:'ignored_schemas'::name[]) or r.oid = r.relation)
group by n.nspname, c.relname, reader.roles, asks.who;

-- breaks: a view of all users
create schema auth;
create table auth.users (id uuid primary key, email text);
alter table auth.users enable row level security;
create schema shop;
grant usage on schema shop to public;
create view shop.customer as select id, email from auth.users;
grant select on shop.customer to public;

-- breaks: a materialized view on a view
create schema auth;
create table auth.users (id uuid primary key, email text);
create schema shop;
grant usage on schema shop to public;
create view shop.customer as select id, email from auth.users;
create materialized view shop.customers as select count(*) from shop.customer;
grant select on shop.customers to public;

-- breaks: the table itself
create role anon;
create schema auth;
grant usage on schema auth to anon;
create table auth.users (id uuid primary key, email text);
grant select (email) on auth.users to anon;

-- breaks: a view of the reader's own account
-- expect: warning
create schema auth;
create function auth.uid() returns uuid language sql stable return current_setting('request.sub', true)::uuid;
create table auth.users (id uuid primary key, email text);
alter table auth.users enable row level security;
create schema shop;
grant usage on schema shop to public;
create view shop.me as select id, email from auth.users where id = auth.uid();
grant select on shop.me to public;

-- holds: a view that nobody may read
create schema auth;
create table auth.users (id uuid primary key, email text);
create schema shop;
grant usage on schema shop to public;
create view shop.customer as select id, email from auth.users;
create table shop.users (id int);
create view shop.users_view as select * from shop.users;
grant select on shop.users_view to public;
