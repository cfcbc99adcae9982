-- title: Number of row-level security policies
-- level: failed
-- area: post-migration
-- parameter: expected = 0 (number) how many policies there must be at least; 0: none are expected
-- help: Create the policies that are missing; `select * from pg_policies` lists those that are there.
--
-- Counts policies in all schemas that are not ignored, and only where row-level security is on: elsewhere
-- a policy protects nothing. What the policies say is for the checks of the area security.

with counted as (
    select
        count(*) as written,
        count(*) filter (where c.relrowsecurity) as enforced,
        count(distinct c.oid) filter (where c.relrowsecurity) as tables
    from pg_catalog.pg_policy as p
    join pg_catalog.pg_class as c on c.oid = p.polrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where n.nspname <> all (:'ignored_schemas'::name[])
)
select
    format('%I', current_database()) as object,
    case
        when enforced < :'expected'::numeric then
            format('Missing required RLS policies: expected %s, found %s', :'expected'::numeric, enforced)
        else format('policies in force: %s, on %s tables', enforced, tables)
    end
    || case
        when written > enforced
            then format('; policies of tables whose row-level security is off: %s', written - enforced)
        else ''
    end as detail,
    case
        when enforced < :'expected'::numeric then 'failed'
        when :'expected'::numeric = 0 then 'info'
        else 'passed'
    end as level,
    case when :'expected'::numeric = 0 then '' end as remediation,
    jsonb_build_object('in_force', enforced, 'written', written, 'tables', tables) as metadata
from counted;

-- breaks: fewer than expected
-- with: expected = 2
create table public.note (id int primary key, owner text);
alter table public.note enable row level security;
create policy own on public.note using (owner = current_user);

-- breaks: policies on a table whose row-level security is off do not count
-- with: expected = 1
create table public.note (id int primary key, owner text);
create policy own on public.note using (owner = current_user);

-- holds: as many as expected
-- with: expected = 1
create table public.note (id int primary key, owner text);
alter table public.note enable row level security;
create policy own on public.note using (owner = current_user);

-- holds: nothing expected
create table public.note (id int primary key, owner text);
