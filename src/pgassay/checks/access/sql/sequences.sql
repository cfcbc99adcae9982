-- title: How far sequences are

select
    pg_catalog.format('%I.%I', s.schemaname, s.sequencename) as name,
    coalesce(s.last_value, 0) as last_value
from pg_catalog.pg_sequences as s
order by 1;
