-- title: What outside a schema depends on what is inside it
--
-- Dropping the schema would drop these, too.

with home as (
    select oid
    from pg_catalog.pg_namespace
    where nspname = :'schema'
),
inside as (
    select 'pg_catalog.pg_proc'::pg_catalog.regclass as catalog, oid
    from pg_catalog.pg_proc
    where pronamespace = (select home.oid from home)
    union all
    select 'pg_catalog.pg_class'::pg_catalog.regclass, oid
    from pg_catalog.pg_class
    where relnamespace = (select home.oid from home)
    union all
    select 'pg_catalog.pg_type'::pg_catalog.regclass, oid
    from pg_catalog.pg_type
    where typnamespace = (select home.oid from home)
    union all
    select 'pg_catalog.pg_rewrite'::pg_catalog.regclass, rule.oid
    from pg_catalog.pg_rewrite as rule
    join pg_catalog.pg_class as relation
        on relation.oid = rule.ev_class
    where relation.relnamespace = (select home.oid from home)
)
select distinct pg_catalog.pg_describe_object(dependency.classid, dependency.objid, 0) as dependent
from pg_catalog.pg_depend as dependency
join inside as used
    on used.catalog = dependency.refclassid
    and used.oid = dependency.refobjid
left join inside as user_of
    on user_of.catalog = dependency.classid
    and user_of.oid = dependency.objid
where user_of.oid is null
    and dependency.deptype in ('n', 'a')
order by dependent
limit 5;
