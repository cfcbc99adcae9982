-- title: One installer at a time
--
-- Of several runs that find pgTAP missing, one puts it there; the lock ends with the transaction.

select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('pgassay: install pgTAP', 0));
