-- title: Expected row-level security policies
-- level: failed
-- since: 14
-- area: post-migration, health
-- parameter: total = 0 (number) how many policies must be in force in the whole database; 0 asks for none
-- parameter: tables = {} (table) for each table SCHEMA.NAME the number of its policies, or their names in a
--   list
-- help: Compare with the migrations: select * from pg_policies order by schemaname, tablename, policyname;
--
-- Policies vanish silently: a table is made anew, a restore leaves them out, a migration drops one. Counted
-- are those in force, that is on tables with row-level security on, outside the schemas of the platform. More
-- policies than expected are a warning, since each permissive one opens something.

with in_force as (
    select
        format('%I.%I', n.nspname, c.relname) as relation,
        n.nspname || '.' || c.relname as written,
        p.polname
    from pg_catalog.pg_policy as p
    join pg_catalog.pg_class as c on c.oid = p.polrelid and c.relrowsecurity
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where n.nspname <> all (:'ignored_schemas'::name[])
),
counted as (
    select
        count(*) as policies,
        count(distinct relation) as relations
    from in_force
),
expected as (
    select
        wanted.key as relation,
        case jsonb_typeof(wanted.value)
            when 'array' then jsonb_array_length(wanted.value)
            else wanted.value::int
        end as number,
        case jsonb_typeof(wanted.value)
            when 'array' then array(select jsonb_array_elements_text(wanted.value))
        end as names,
        found.number as found,
        found.names as found_names
    from jsonb_each(:'tables'::jsonb) as wanted
    cross join lateral (
        select
            count(*) as number,
            coalesce(array_agg(f.polname::text order by f.polname), '{}') as names
        from in_force as f
        where wanted.key in (f.relation, f.written)
    ) as found
),
difference as (
    select
        e.relation,
        e.number,
        e.found,
        nullif(array(select unnest(e.names) except select unnest(e.found_names) order by 1), '{}') as missing,
        nullif(array(select unnest(e.found_names) except select unnest(e.names) order by 1), '{}') as unknown,
        e.names is not null as by_name
    from expected as e
)
select
    'database' as object,
    case
        when :'total'::int > policies then
            format('Missing required RLS policies: expected %s, found %s', :'total'::int, policies)
        when :'total'::int between 1 and policies - 1 then
            format('More RLS policies than expected: expected %s, found %s', :'total'::int, policies)
        else format('%s policies in force on %s tables', policies, relations)
    end as detail,
    case
        when :'total'::int > policies then 'failed'
        when :'total'::int between 1 and policies - 1 then 'warning'
        else 'passed'
    end as level
from counted
union all
select
    relation,
    case
        when missing is not null then
            format('Missing required RLS policies: expected %s, found %s', number, found)
            || '; missing: ' || array_to_string(missing, ', ')
        when not by_name and found < number then
            format('Missing required RLS policies: expected %s, found %s', number, found)
        when unknown is not null then format('Unexpected RLS policies: %s', array_to_string(unknown, ', '))
        else format('More RLS policies than expected: expected %s, found %s', number, found)
    end,
    case when missing is not null or (not by_name and found < number) then 'failed' else 'warning' end
from difference
where missing is not null
    or (by_name and unknown is not null)
    or (not by_name and found <> number);

-- breaks: fewer than expected in all
-- with: total = 2
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (owner = current_user);

-- breaks: one table has too few, since its row-level security is off
-- with: tables = {"shop.invoice": 1}
create schema shop;
create table shop.invoice (id int primary key, owner name);
create policy own on shop.invoice using (owner = current_user);

-- breaks: a policy is not there by its name
-- with: tables = {"shop.invoice": ["own", "deputy"]}
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (owner = current_user);
create policy other on shop.invoice using (owner = current_user);

-- breaks: one that nobody expects
-- with: tables = {"shop.invoice": ["own"]}
-- expect: warning
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (owner = current_user);
create policy other on shop.invoice using (owner = current_user);

-- breaks: the table is not there
-- with: tables = {"shop.invoice": 1}

-- holds: as many and the same
-- with: total = 2
-- with: tables = {"shop.invoice": ["own", "deputy"], "shop.Odd": 0}
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (owner = current_user);
create policy deputy on shop.invoice for select using (owner = current_user);
