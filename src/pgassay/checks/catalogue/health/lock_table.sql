-- title: Room in the lock table
-- level: failed
-- parameter: warning_percent = 70 (number) share of the lock table in use from which it is DEGRADED
-- parameter: failed_percent = 95 (number) share from which it is UNHEALTHY
-- help: Raise max_locks_per_transaction (needs a restart), or touch fewer partitions in one transaction.
--
-- When it is full, the next statement fails with "out of shared memory", whoever sends it. Locks that take the fast
-- path are not in it.

with counted as (
    select
        (select count(*) from pg_catalog.pg_locks as l where not l.fastpath and l.locktype <> 'virtualxid') as used,
        current_setting('max_locks_per_transaction')::numeric
        * (current_setting('max_connections')::numeric + current_setting('max_prepared_transactions')::numeric) as most
)
select
    'server' as object,
    format('taken: %s of %s (%s %%)', used, most, round(100 * used / most)) as detail,
    case
        when 100 * used / most >= :'failed_percent'::numeric then 'failed'
        when 100 * used / most >= :'warning_percent'::numeric then 'warning'
        else 'passed'
    end as level,
    jsonb_build_object('used', used, 'most', most) as metadata
from counted;

-- breaks: any is too many
-- with: failed_percent = 0

-- holds: an idle server
