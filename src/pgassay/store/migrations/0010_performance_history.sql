-- Benchmarks over time, who set a baseline and why, and what psql users ask: what is normal, what became slower.

alter table performance_monitoring.performance_baselines
    add column established_by text not null default current_user,
    add column reason text;

create table performance_monitoring.performance_runs (
    id uuid primary key,
    started_at timestamptz not null,
    target text not null,
    server text not null,
    noisy boolean not null default false,
    red boolean,
    judged integer not null default 0 check (judged >= 0),
    not_judged integer not null default 0 check (not_judged >= 0),
    judgements jsonb not null default '[]',
    created_by text not null default current_user
);

create index performance_runs_started_at_idx on performance_monitoring.performance_runs (started_at desc);

comment on table performance_monitoring.performance_runs is 'Each time that a workload was measured, and the verdict';
comment on column performance_monitoring.performance_runs.red is 'Null where nothing was judged';
comment on column performance_monitoring.performance_runs.noisy is
    'Everything was slower at once; such a run is not compared with later';

alter table performance_monitoring.test_performance_metrics
    add column run_id uuid,
    add column sample_count integer check (sample_count > 0);

create index test_performance_metrics_run_idx on performance_monitoring.test_performance_metrics (run_id);

comment on column performance_monitoring.test_performance_metrics.run_id is
    'The run of tests, or the benchmark, that it belongs to';
comment on column performance_monitoring.test_performance_metrics.sample_count is
    'How many times the time is the median of; null: it was taken once';

create view performance_monitoring.production_performance_baselines as
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
    baseline.established_by
from performance_monitoring.performance_baselines as baseline
cross join lateral pg_catalog.jsonb_array_elements(baseline.baseline_metrics -> 'queries') as query (document)
where baseline.is_active;

comment on view performance_monitoring.production_performance_baselines is 'What is normal now, one row a statement';

create function prod_test_schema.establish_production_baselines()
returns table (test_category text, tests integer)
language plpgsql
set search_path = ''
as $$
#variable_conflict use_column
begin
    return query
    with sampled as (
        select
            metric.test_category,
            metric.test_name,
            pg_catalog.count(*) as samples,
            pg_catalog.percentile_cont(0.5) within group (order by metric.execution_time_ms) as median_ms,
            pg_catalog.percentile_cont(0.95) within group (order by metric.execution_time_ms) as p95_ms
        from performance_monitoring.test_performance_metrics as metric
        where metric.recorded_at > pg_catalog.now() - interval '24 hours'
        group by metric.test_category, metric.test_name
    ),
    measured as (
        select
            sampled.test_category,
            pg_catalog.count(*)::integer as tests,
            pg_catalog.jsonb_agg(
                pg_catalog.jsonb_build_object(
                    'name', sampled.test_name, 'median_ms', sampled.median_ms, 'p95_ms', sampled.p95_ms,
                    'spread_ms', 0, 'samples', sampled.samples, 'sla_ms', null, 'plan', null, 'pages', '[]'::jsonb
                )
                order by sampled.test_name
            ) as queries
        from sampled
        group by sampled.test_category
    ),
    retired as (
        update performance_monitoring.performance_baselines as earlier
        set is_active = false,
            updated_at = pg_catalog.now()
        from measured
        where earlier.test_category = measured.test_category and earlier.is_active
        returning earlier.id
    ),
    ordered as (select pg_catalog.count(*) as retired from retired)
    insert into performance_monitoring.performance_baselines (test_category, baseline_metrics, reason)
    select
        measured.test_category,
        pg_catalog.jsonb_build_object(
            'category', measured.test_category, 'queries', measured.queries, 'server',
            pg_catalog.current_setting('server_version'), 'established_at',
            pg_catalog.to_char(pg_catalog.now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        ),
        'establish_production_baselines()'
    from measured
    cross join ordered
    returning test_category, pg_catalog.jsonb_array_length(baseline_metrics -> 'queries');
end
$$;

comment on function prod_test_schema.establish_production_baselines() is
    'Makes the medians of the last 24 hours of test_performance_metrics the baseline of each category';

create function performance_monitoring.detect_performance_regression()
returns table (
    test_category text,
    test_name text,
    baseline_ms double precision,
    current_ms double precision,
    change_percent numeric,
    severity text
)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
    return query
    with recent as (
        select
            metric.test_category,
            metric.test_name,
            pg_catalog.percentile_cont(0.5) within group (order by metric.execution_time_ms) as median_ms
        from performance_monitoring.test_performance_metrics as metric
        where metric.recorded_at > pg_catalog.now() - interval '24 hours'
        group by metric.test_category, metric.test_name
    ),
    compared as (
        select
            normal.test_category,
            normal.test_name,
            normal.median_ms as baseline_ms,
            recent.median_ms as current_ms,
            100 * (recent.median_ms / normal.median_ms - 1) as change
        from performance_monitoring.production_performance_baselines as normal
        join recent on recent.test_category = normal.test_category and recent.test_name = normal.test_name
        where normal.median_ms > 0
    )
    select
        compared.test_category,
        compared.test_name,
        compared.baseline_ms,
        compared.current_ms,
        pg_catalog.round(compared.change::numeric, 1),
        case
            when compared.change > 50 then 'CRITICAL'
            when compared.change > 20 then 'WARNING'
            else 'INFO'
        end
    from compared
    where compared.change > 10
    order by compared.change desc;
end
$$;

comment on function performance_monitoring.detect_performance_regression() is
    'What takes more than 10 % longer than its baseline, by the medians of the last 24 hours; pgassay perf check judges better';
