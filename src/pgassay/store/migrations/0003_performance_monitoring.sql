-- Performance over time: what was measured, what is normal, and what deserved an alert.

do $$
begin
    if not exists (select from pg_catalog.pg_namespace where nspname = 'performance_monitoring') then
        create schema performance_monitoring;
        comment on schema performance_monitoring is 'Measurements, baselines and alerts of pgassay';
    end if;
end
$$;

create table performance_monitoring.test_performance_metrics (
    id uuid primary key default pg_catalog.gen_random_uuid(),
    test_category text not null,
    test_name text not null,
    execution_time_ms double precision not null check (execution_time_ms >= 0),
    memory_usage_mb double precision check (memory_usage_mb >= 0),
    cpu_usage_percent double precision check (cpu_usage_percent >= 0),
    query_count integer check (query_count >= 0),
    slow_query_count integer check (slow_query_count >= 0),
    recorded_at timestamptz not null default pg_catalog.now(),
    environment text not null default 'production'
);

create index test_performance_metrics_test_idx
    on performance_monitoring.test_performance_metrics (test_category, test_name, recorded_at desc);
create index test_performance_metrics_recorded_at_idx
    on performance_monitoring.test_performance_metrics (recorded_at desc);

comment on table performance_monitoring.test_performance_metrics is 'One measurement of one test';
comment on column performance_monitoring.test_performance_metrics.memory_usage_mb is 'Null where it was not measured';
comment on column performance_monitoring.test_performance_metrics.cpu_usage_percent is
    'Of one core; null where it was not measured';

create table performance_monitoring.performance_baselines (
    id uuid primary key default pg_catalog.gen_random_uuid(),
    test_category text not null,
    baseline_metrics jsonb not null,
    established_at timestamptz not null default pg_catalog.now(),
    updated_at timestamptz not null default pg_catalog.now(),
    is_active boolean not null default true
);

create unique index performance_baselines_active_idx
    on performance_monitoring.performance_baselines (test_category) where is_active;

comment on table performance_monitoring.performance_baselines is
    'What is normal for a category; one of its rows is active';

create table performance_monitoring.performance_alerts (
    id uuid primary key default pg_catalog.gen_random_uuid(),
    alert_type text not null check (alert_type in ('REGRESSION', 'THRESHOLD', 'ANOMALY')),
    test_category text not null,
    test_name text,
    alert_message text not null,
    severity text not null check (severity in ('INFO', 'WARNING', 'CRITICAL')),
    threshold_value double precision,
    actual_value double precision,
    created_at timestamptz not null default pg_catalog.now(),
    acknowledged_at timestamptz,
    resolved_at timestamptz
);

create index performance_alerts_created_at_idx
    on performance_monitoring.performance_alerts (created_at desc);
create index performance_alerts_open_idx
    on performance_monitoring.performance_alerts (severity, created_at desc) where resolved_at is null;

comment on table performance_monitoring.performance_alerts is 'Measurements that somebody should look at';
