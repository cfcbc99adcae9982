-- A store of its own may remember several targets: each has what is normal for itself.

alter table performance_monitoring.performance_baselines add column target text;

comment on column performance_monitoring.performance_baselines.target is
    'Whose, in a store of its own; null: of the database that the store is in, and of every target that has none';

drop index performance_monitoring.performance_baselines_active_idx;
create unique index performance_baselines_active_idx
    on performance_monitoring.performance_baselines (test_category, coalesce(target, ''))
    where is_active;

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
    (query.document -> 'usage' ->> 'cpu_ms')::double precision as cpu_ms,
    baseline.target
from performance_monitoring.performance_baselines as baseline
cross join lateral pg_catalog.jsonb_array_elements(baseline.baseline_metrics -> 'queries') as query (document)
where baseline.is_active;

create or replace function performance_monitoring.detect_performance_regression()
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
    with since as (
        select
            normal.test_category,
            normal.test_name,
            normal.median_ms as baseline_ms,
            metric.execution_time_ms,
            -- A workload's time is a median already; that of a test file was taken once.
            pg_catalog.row_number() over (
                partition by metric.test_category, metric.test_name order by metric.recorded_at desc
            ) <= case when metric.sample_count is null then 5 else 1 end as recent
        from performance_monitoring.production_performance_baselines as normal
        join performance_monitoring.test_performance_metrics as metric
            on metric.test_category = normal.test_category
            and metric.test_name = normal.test_name
            and metric.recorded_at > normal.established_at
            and (
                normal.target is null
                or metric.run_id in (
                    select run.id from performance_monitoring.performance_runs as run where run.target = normal.target
                )
            )
        where metric.recorded_at > pg_catalog.now() - interval '24 hours'
            and normal.median_ms > 0
    ),
    compared as (
        select
            since.test_category,
            since.test_name,
            since.baseline_ms,
            pg_catalog.percentile_cont(0.5) within group (order by since.execution_time_ms) as current_ms
        from since
        where since.recent
        group by since.test_category, since.test_name, since.baseline_ms
    ),
    changed as (
        select
            compared.*,
            pg_catalog.round((100 * (compared.current_ms / compared.baseline_ms - 1))::numeric, 1) as change
        from compared
    )
    select
        changed.test_category,
        changed.test_name,
        changed.baseline_ms,
        changed.current_ms,
        changed.change,
        case
            when changed.change > 50 then 'CRITICAL'
            when changed.change > 20 then 'WARNING'
            else 'INFO'
        end
    from changed
    where changed.change > 10
    order by changed.change desc;
end
$$;

comment on function performance_monitoring.detect_performance_regression() is
    'What takes more than 10 % longer than its baseline, by what was measured since; pgassay perf check judges better';

create or replace function prod_test_schema.establish_production_baselines()
returns table (test_category text, tests integer)
language plpgsql
set search_path = ''
as $$
#variable_conflict use_column
begin
    return query
    with known as (
        select
            baseline.test_category,
            query.document
        from performance_monitoring.performance_baselines as baseline
        cross join lateral pg_catalog.jsonb_array_elements(baseline.baseline_metrics -> 'queries') as query (document)
        where baseline.is_active and baseline.target is null
    ),
    sampled as (
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
            pg_catalog.jsonb_agg(
                pg_catalog.jsonb_build_object('spread_ms', 0, 'sla_ms', null, 'plan', null, 'pages', '[]'::jsonb)
                || coalesce(known.document, '{}')
                || pg_catalog.jsonb_build_object(
                    'name', sampled.test_name, 'median_ms', sampled.median_ms, 'p95_ms', sampled.p95_ms,
                    'samples', sampled.samples
                )
                order by sampled.test_name
            ) as queries
        from sampled
        left join known
            on known.test_category = sampled.test_category
            and known.document ->> 'name' = sampled.test_name
        group by sampled.test_category
    ),
    retired as (
        update performance_monitoring.performance_baselines as earlier
        set is_active = false,
            updated_at = pg_catalog.now()
        from measured
        where earlier.test_category = measured.test_category and earlier.is_active and earlier.target is null
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
