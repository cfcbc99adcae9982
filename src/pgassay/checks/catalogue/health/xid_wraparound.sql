-- title: Transaction ids left before wraparound
-- level: failed
-- parameter: warning_percent = 40 (number) share of the ids in use from which it is DEGRADED
-- parameter: failed_percent = 75 (number) share from which it is UNHEALTHY
-- help: End what holds vacuum back (long_transactions, prepared_transactions, replication_slots), then in
--   database {database}: vacuum (freeze, verbose).
--
-- PostgreSQL stops accepting writes a few million ids before the ids of row versions would run into each other.
-- It counts over all databases of the server, also those that nobody connects to.

with ages as (
    select
        d.datname,
        age(d.datfrozenxid) as ids,
        100.0 * age(d.datfrozenxid) / 2147483647 as used_percent,
        row_number() over (order by age(d.datfrozenxid) desc, d.datname) as place
    from pg_catalog.pg_database as d
)
select
    format('%I', datname) as object,
    format(
        'the oldest transaction id is %s old, %s %% of what there is',
        ltrim(to_char(ids, '999,999,999,999')),
        round(used_percent, 1)
    ) as detail,
    case
        when used_percent >= :'failed_percent'::numeric then 'failed'
        when used_percent >= :'warning_percent'::numeric then 'warning'
        else 'passed'
    end as level,
    jsonb_build_object('database', datname, 'age', ids) as metadata
from ages
where place = 1 or used_percent >= :'warning_percent'::numeric;

-- breaks: any age is too much
-- with: failed_percent = 0

-- holds: a young server
