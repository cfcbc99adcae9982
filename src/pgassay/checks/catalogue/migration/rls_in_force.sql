-- title: Row-level security is still in force
-- level: failed
-- area: post-migration
-- parameter: tables = {} (names) tables that must have it, besides those that have policies, as schema.table
-- help: alter table {object} enable row level security;
--
-- A migration that makes a table anew leaves row-level security off, and one that switched it off for a backfill may
-- not have switched it on again: the policies are still listed, and protect nothing.

with tables as (
    select
        format('%I.%I', n.nspname, c.relname) as object,
        n.nspname || '.' || c.relname as plain,
        c.relrowsecurity,
        (select count(*) from pg_catalog.pg_policy as p where p.polrelid = c.oid) as policies,
        n.nspname <> all (:'ignored_schemas'::name[]) as ours
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p')
        and c.relpersistence <> 't'
        and n.nspname not like 'pg\_%'
)
select
    t.object,
    case
        when t.policies = 0 then 'row-level security is off'
        else format('row-level security is off; policies that do nothing: %s', t.policies)
    end as detail,
    'failed' as level
from tables as t
where not t.relrowsecurity
    and (
        (t.ours and t.policies > 0)
        or t.object = any (:'tables'::text[])
        or t.plain = any (:'tables'::text[])
    )
union all
select w.name, 'there is no such table', 'failed'
from unnest(:'tables'::text[]) as w (name)
where not exists (select from tables as t where w.name in (t.object, t.plain))
union all
select
    format('%I', current_database()),
    format('tables with row-level security: %s, policies: %s', count(*), coalesce(sum(t.policies), 0)),
    'passed'
from tables as t
where t.relrowsecurity and t.ours;

-- breaks: policies on a table that was made anew
create table public.note (id int primary key, owner text);
create policy own on public.note using (owner = current_user);

-- breaks: a table that must have it
-- with: tables = {public.note}
create table public.note (id int primary key);

-- breaks: a table that is gone
-- with: tables = {public.note}

-- holds: in force
-- with: tables = {public.note}
create table public.note (id int primary key, owner text);
alter table public.note enable row level security;
create policy own on public.note using (owner = current_user);
create table public.country (code text primary key);
