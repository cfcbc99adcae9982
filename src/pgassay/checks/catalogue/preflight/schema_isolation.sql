-- title: The schemas of tests and of the store are out of reach
-- level: warning
-- parameter: private = tests, pgtap, prod_test_schema, performance_monitoring (names) the schemas that are private
-- help: revoke all on schema {object} from {role};
--
-- Tests, pgTAP and what pgassay remembers are nobody's business but the operators'. Roles of an API that may use such a
-- schema can call pgTAP's functions and read which faults were found; and pgTAP in a schema of the application mixes
-- some thousand functions among its own. It does not see schemas of tests by other names: name them by parameter.

with private as (
    select n.oid, n.nspname
    from pg_catalog.pg_namespace as n
    where n.nspname = any (:'private'::pg_catalog.name[])
),

reached as (
    select
        p.nspname,
        role.name as role,
        has_schema_privilege(role.name, p.oid, 'usage') as usable
    from private as p
    cross join unnest(:'api_roles'::pg_catalog.name[]) as role (name)
)

select
    format('%I', r.nspname) as object,
    format('%s may use this schema', r.role) as detail,
    'warning' as level,
    jsonb_build_object('role', case when r.role = 'public' then r.role else format('%I', r.role) end) as metadata,
    null as remediation
from reached as r
where r.usable
union all
select
    format('%I', n.nspname),
    'pgTAP lives among the objects of the application',
    'warning',
    '{}'::pg_catalog.jsonb,
    'create schema pgtap; alter extension pgtap set schema pgtap; or install it anew with `pgassay test --pgtap plain`.'
from pg_catalog.pg_namespace as n
where
    n.nspname = any (:'api_schemas'::pg_catalog.name[])
    and exists (
        select from pg_catalog.pg_proc as p where p.proname = 'throws_ok' and p.pronamespace = n.oid
    )
    and exists (
        select from pg_catalog.pg_proc as p where p.proname = 'no_plan' and p.pronamespace = n.oid
    );

-- breaks: a schema of tests that everyone may use
create schema tests;
grant usage on schema tests to public;

-- breaks: pgTAP in an exposed schema
create schema shop;
grant usage on schema shop to public;
create function shop.throws_ok(text) returns text language sql as 'select $1';
create function shop.no_plan() returns text language sql as 'select null::text';

-- holds: schemas that are closed
create schema tests;
create schema pgtap;
