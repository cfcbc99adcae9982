-- title: Prepared transactions that nobody ends
-- level: failed
-- area: pre-migration
-- parameter: warning_s = 300 (number) age from which it is DEGRADED, in seconds
-- parameter: failed_s = 3600 (number) age from which it is UNHEALTHY, in seconds
-- help: Ask the transaction manager, then in database {database}: commit prepared '{gid}' or
--   rollback prepared '{gid}'.
--
-- A prepared transaction outlives its session and a restart; it keeps its locks and keeps vacuum from its work.

select
    p.gid as object,
    format(
        'prepared by %I in %I %s ago', p.owner, p.database, date_trunc('second', clock_timestamp() - p.prepared)
    ) as detail,
    case
        when clock_timestamp() - p.prepared >= make_interval(secs => :'failed_s'::float8) then 'failed'
        else 'warning'
    end as level,
    jsonb_build_object(
        'gid', p.gid,
        'database', p.database,
        'age_s', extract(epoch from clock_timestamp() - p.prepared)::bigint
    ) as metadata
from pg_catalog.pg_prepared_xacts as p
where clock_timestamp() - p.prepared >= make_interval(secs => :'warning_s'::float8)
union all
select
    format('%I', current_database()),
    format(
        'prepared transactions: %s; the oldest is %s old',
        count(*),
        coalesce(date_trunc('second', max(clock_timestamp() - p.prepared)), interval '0')
    ),
    'passed',
    null
from pg_catalog.pg_prepared_xacts as p;

-- examples: none PREPARE TRANSACTION ends the transaction that examples run in
