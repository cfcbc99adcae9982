-- One cleanup at a time: until the session ends, or the lock is given back.
select pg_catalog.pg_try_advisory_lock(pg_catalog.hashtextextended('pgassay cleanup', 0)) as taken
