-- Whoever opens something for the same cause waits until we are through with ours.
select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('pgassay ' || :'cause'::text, 0))
