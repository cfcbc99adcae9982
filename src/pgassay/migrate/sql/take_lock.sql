-- Only one program migrates a database at a time. The lock is the session's: it is gone when that is.
select pg_catalog.pg_try_advisory_lock(pg_catalog.hashtextextended('pgassay migrate', 0)) as taken
