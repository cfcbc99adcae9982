-- When the size of a database was noted first, of what is still known.
select min(recorded_at)
from performance_monitoring.database_sizes
where database = :'database'::text
