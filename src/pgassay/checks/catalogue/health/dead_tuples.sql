-- title: Tables that autovacuum does not keep up with
-- level: failed
-- parameter: warning_factor = 2 (number) dead rows as a multiple of autovacuum's own threshold from which it is DEGRADED
-- parameter: failed_factor = 10 (number) multiple from which it is UNHEALTHY
-- parameter: least_rows = 10000 (number) fewer dead rows than this are left alone
-- help: Find out what holds vacuum back (long_transactions, replication_slots), then: vacuum (verbose) {object};
--   a lower autovacuum_vacuum_scale_factor for this table makes autovacuum come earlier.
--
-- The threshold is the table's own: its storage parameters, else the server's settings. Counts come from the
-- cumulative statistics, which a crash empties.

with tables as (
    select
        s.relid,
        s.schemaname,
        s.relname,
        s.n_dead_tup as dead,
        s.n_live_tup as live,
        greatest(s.last_vacuum, s.last_autovacuum) as vacuumed,
        coalesce(
            (
                select o.option_value
                from pg_options_to_table(c.reloptions) as o
                where o.option_name = 'autovacuum_vacuum_threshold'
            ),
            current_setting('autovacuum_vacuum_threshold')
        )::numeric
        + coalesce(
            (
                select o.option_value
                from pg_options_to_table(c.reloptions) as o
                where o.option_name = 'autovacuum_vacuum_scale_factor'
            ),
            current_setting('autovacuum_vacuum_scale_factor')
        )::numeric * greatest(c.reltuples, 0)::numeric as threshold,
        coalesce(
            (
                select o.option_value
                from pg_options_to_table(c.reloptions) as o
                where o.option_name = 'autovacuum_vacuum_max_threshold'
            ),
            current_setting('autovacuum_vacuum_max_threshold', true)
        )::numeric as most
    from pg_catalog.pg_stat_user_tables as s
    join pg_catalog.pg_class as c on c.oid = s.relid
    where s.n_dead_tup > 0
        and s.schemaname <> all (:'ignored_schemas'::name[])
),
lagging as (
    select
        t.*,
        dead / case when most > 0 then least(threshold, most) else greatest(threshold, 1) end as factor
    from tables as t
    where dead >= :'least_rows'::numeric
)
select
    format('%I.%I', schemaname, relname) as object,
    format(
        '%s dead rows beside %s live ones, %s times what autovacuum waits for; vacuumed %s',
        ltrim(to_char(dead, '999,999,999,999')),
        ltrim(to_char(live, '999,999,999,999')),
        round(factor, 1),
        coalesce(to_char(vacuumed at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), 'never')
    ) as detail,
    case when factor >= :'failed_factor'::numeric then 'failed' else 'warning' end as level,
    jsonb_build_object('dead', dead, 'live', live, 'factor', round(factor, 1)) as metadata
from lagging
where factor >= :'warning_factor'::numeric
union all
select
    format('%I', current_database()),
    format('dead rows in all tables: %s', ltrim(to_char(coalesce(sum(dead), 0), '999,999,999,999,999'))),
    'passed',
    null
from tables;

-- examples: none the statistics count when a transaction is over, and stay after a rollback
