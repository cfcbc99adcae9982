-- Count an open incident of that cause up. It never becomes less severe; one that becomes worse says what is worse.
-- Tables that are found to be affected come to those that are known.
with known as (
    select
        id,
        pg_catalog.array_position(array['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], :'severity'::text)
            > pg_catalog.array_position(array['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], severity) as worse
    from prod_test_schema.production_incidents
    where cause = :'cause'::text and status in ('OPEN', 'INVESTIGATING')
    for update
)
update prod_test_schema.production_incidents as incident
set occurrences = incident.occurrences + 1,
    last_seen_at = pg_catalog.now(),
    severity = case when known.worse then :'severity'::text else incident.severity end,
    title = case when known.worse then :'title'::text else incident.title end,
    description = case when known.worse then nullif(:'description'::text, '') else incident.description end,
    affected_tables = (
        select pg_catalog.array_agg(distinct affected.name order by affected.name)
        from pg_catalog.unnest(incident.affected_tables || :'tables'::text[]) as affected (name)
    )
from known
where incident.id = known.id
returning incident.id
