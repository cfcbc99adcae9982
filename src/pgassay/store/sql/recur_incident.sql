-- Count an open incident of that cause up; it never becomes less severe.
update prod_test_schema.production_incidents as known
set occurrences = known.occurrences + 1,
    last_seen_at = pg_catalog.now(),
    severity = case
        when pg_catalog.array_position(array['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], :'severity'::text)
            > pg_catalog.array_position(array['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], known.severity)
        then :'severity'::text
        else known.severity
    end
where known.cause = :'cause'::text and known.status in ('OPEN', 'INVESTIGATING')
returning known.id
