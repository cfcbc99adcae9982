-- What the server's process spent on a file or a statement, beside how long that took.

alter table prod_test_schema.test_file_results
    add column memory_mb double precision check (memory_mb >= 0),
    add column cpu_percent double precision check (cpu_percent >= 0),
    add column cpu_ms double precision check (cpu_ms >= 0);

comment on column prod_test_schema.test_file_results.memory_mb is
    'The most that the session was seen to hold in its memory contexts where a transaction of the file ended, in MB; null: not measured';
comment on column prod_test_schema.test_file_results.cpu_percent is
    'CPU time of the session''s process by the time that passed, of one core; null: not measured';
comment on column prod_test_schema.test_file_results.cpu_ms is 'That CPU time itself; null: not measured';

comment on column performance_monitoring.test_performance_metrics.memory_usage_mb is
    'Of a file: what its session held in its memory contexts at the end of a transaction; of a statement of a workload: the largest resident set of a process that ran only that; null: not measured';
comment on column performance_monitoring.test_performance_metrics.cpu_usage_percent is
    'User and system time of the one server process by the time that passed, of one core; null: not measured';

create or replace view performance_monitoring.production_performance_baselines as
select
    baseline.test_category,
    query.document ->> 'name' as test_name,
    (query.document ->> 'median_ms')::double precision as median_ms,
    (query.document ->> 'p95_ms')::double precision as p95_ms,
    (query.document ->> 'spread_ms')::double precision as spread_ms,
    (query.document ->> 'samples')::integer as samples,
    (query.document ->> 'sla_ms')::double precision as sla_ms,
    (query.document -> 'plan' ->> 'shared_blocks')::bigint as shared_blocks,
    query.document -> 'plan' ->> 'digest' as plan,
    baseline.established_at,
    baseline.established_by,
    (query.document -> 'usage' ->> 'memory_mb')::double precision as memory_mb,
    (query.document -> 'usage' ->> 'cpu_ms')::double precision as cpu_ms
from performance_monitoring.performance_baselines as baseline
cross join lateral pg_catalog.jsonb_array_elements(baseline.baseline_metrics -> 'queries') as query (document)
where baseline.is_active;
