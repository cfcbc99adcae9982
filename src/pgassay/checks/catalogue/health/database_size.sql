-- title: Size of the database
-- level: failed
-- parameter: limit_gb = 0 (number) what the database may grow to, in GB; 0: nothing is said about it
-- parameter: warning_percent = 80 (number) share of the limit from which it is DEGRADED
-- help: Make room before the disk is full: the largest tables are in `pgassay checks run table_sizes`.
--
-- The free space of the server's disk cannot be seen over SQL, so the limit is yours to say. At the limit itself
-- it is UNHEALTHY.

with measured as (
    select pg_database_size(current_database())::numeric as bytes, 1073741824 * :'limit_gb'::numeric as most
)
select
    format('%I', current_database()) as object,
    case
        when most > 0 then format('%s of %s (%s %%)', pg_size_pretty(bytes), pg_size_pretty(round(most)), round(100 * bytes / most))
        else pg_size_pretty(bytes) || '; no limit is configured'
    end as detail,
    case
        when most > 0 and bytes >= most then 'failed'
        when most > 0 and bytes >= most * :'warning_percent'::numeric / 100 then 'warning'
        else 'passed'
    end as level,
    jsonb_build_object('bytes', bytes) as metadata
from measured;

-- breaks: larger than allowed
-- with: limit_gb = 0.000001

-- holds: nothing said
