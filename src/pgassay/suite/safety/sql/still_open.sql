-- Which of these transactions, known by their virtual ids, are not over.
select held.virtualxid
from pg_catalog.pg_lock_status() as held
where held.locktype = 'virtualxid'
    and held.granted
    and held.virtualxid = any (:'transactions'::text[])
