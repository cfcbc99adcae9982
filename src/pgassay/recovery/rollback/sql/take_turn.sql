-- Only one program rolls a database back at a time. The lock is the session's: it is gone when that is.
select pg_catalog.pg_try_advisory_lock(pg_catalog.hashtextextended('pgassay rollback ' || :'live'::text, 0))
