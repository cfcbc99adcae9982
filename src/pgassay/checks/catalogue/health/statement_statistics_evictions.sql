-- title: Statements that pg_stat_statements had to forget
-- level: warning
-- needs: extension pg_stat_statements
-- needs: setting pg_stat_statements.track
-- parameter: warning_a_day = 100 (number) evictions a day from which it is DEGRADED
-- help: Raise pg_stat_statements.max (it is {max}; needs a restart), or let the application send parameters in place
--   of constants, so that its statements are few.
--
-- What was forgotten is missing in every figure that rests on the extension. A rate since the last reset, taken over
-- a day at least. ts_stat() runs the query because only the catalog says which schema the extension is in.

with place as (
    select format('%I', n.nspname) as home
    from pg_catalog.pg_extension as e
    join pg_catalog.pg_namespace as n on n.oid = e.extnamespace
    where e.extname = 'pg_stat_statements'
        and to_regclass(format('%I.pg_stat_statements_info', n.nspname)) is not null
),
answered as (
    select s.word::jsonb as told
    from place
    cross join lateral ts_stat(format(
        $$
        select array_to_tsvector(array[jsonb_build_object('evictions', dealloc, 'since', stats_reset)::text])
        from %s.pg_stat_statements_info
        $$,
        home
    )) as s
),
counted as (
    select
        (told ->> 'evictions')::numeric as evictions,
        greatest(extract(epoch from clock_timestamp() - (told ->> 'since')::timestamptz) / 86400, 1)::numeric as days
    from answered
)
select
    'pg_stat_statements' as object,
    format('%s a day (since the last reset: %s)', round(evictions / days, 1), evictions) as detail,
    case when evictions / days >= :'warning_a_day'::numeric then 'warning' else 'passed' end as level,
    jsonb_build_object(
        'evictions', evictions, 'max', current_setting('pg_stat_statements.max', true)
    ) as metadata
from counted
union all
select
    'pg_stat_statements',
    'this version of the extension does not count evictions',
    'not verified',
    jsonb_build_object('max', '...')
where not exists (select from place);

-- examples: none the module must be loaded when the server starts
