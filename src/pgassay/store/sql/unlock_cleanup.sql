-- The next one may begin.
select pg_catalog.pg_advisory_unlock(pg_catalog.hashtextextended('pgassay cleanup', 0))
