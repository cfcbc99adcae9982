-- title: Share of blocks found in the cache
-- level: warning
-- parameter: least_percent = 95 (number) share below which it is DEGRADED
-- parameter: least_blocks = 1000000 (number) fewer blocks read than this are not judged
-- help: Find the queries that read most (select queryid, shared_blks_read from pg_stat_statements order by 2 desc
--   limit 10), then see whether shared_buffers fits the data that is in use.
--
-- Since the statistics were reset. What the operating system has in its own cache counts as read.

with counted as (
    select s.blks_hit::numeric as hit, (s.blks_hit + s.blks_read)::numeric as all_blocks
    from pg_catalog.pg_stat_database as s
    where s.datname = current_database()
)
select
    format('%I', current_database()) as object,
    case
        when all_blocks < :'least_blocks'::numeric then
            format('only %s blocks were read since the statistics were reset, too few to judge', all_blocks)
        else format(
            '%s %% of %s blocks were in the cache',
            round(100 * hit / nullif(all_blocks, 0), 1),
            ltrim(to_char(all_blocks, '999,999,999,999,999'))
        )
    end as detail,
    case
        when all_blocks < :'least_blocks'::numeric then 'not verified'
        when 100 * hit / nullif(all_blocks, 0) < :'least_percent'::numeric then 'warning'
        else 'passed'
    end as level,
    case when all_blocks < :'least_blocks'::numeric then 'Ask again after some work.' end as remediation,
    jsonb_build_object('hit_percent', round(100 * hit / nullif(all_blocks, 0), 2), 'blocks', all_blocks) as metadata
from counted;

-- examples: none the statistics count when a transaction is over
