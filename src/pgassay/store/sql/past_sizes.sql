-- How large a database was since a moment, the oldest first.
select recorded_at, size_bytes, largest_tables::text
from performance_monitoring.database_sizes
where database = :'database'::text and recorded_at >= :'since'::timestamptz
order by recorded_at
