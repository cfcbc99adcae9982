-- The whole schema of the store, generated from its migrations. Do not edit: add a migration.

create schema prod_test_schema;
create schema performance_monitoring;

CREATE OR REPLACE FUNCTION prod_test_schema.create_production_incident(incident_type text, severity text, title text, description text DEFAULT NULL::text, detection_method text DEFAULT 'AUTOMATED_TEST'::text)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
    at_once constant boolean := $2 = 'CRITICAL';
    opened record;
begin
    insert into prod_test_schema.production_incidents
        (incident_type, severity, title, description, detection_method, assigned_to, status)
    select
        $1, $2, $3, $4, $5,
        case when at_once then coalesce(
            (select value #>> '{}' from prod_test_schema.settings where name = 'incidents.on_call'), 'on-call'
        ) end,
        case when at_once then 'INVESTIGATING' else 'OPEN' end
    returning * into opened;
    insert into prod_test_schema.incident_events (incident_id, status_after)
    values (opened.id, opened.status);
    return opened.id;
end
$function$
;
CREATE OR REPLACE FUNCTION prod_test_schema.establish_production_baselines()
 RETURNS TABLE(test_category text, tests integer)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
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
$function$
;
CREATE OR REPLACE FUNCTION prod_test_schema.forget_test_results()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
    delete from prod_test_schema.test_results
    where run_id = old.run_id
        and file_position = old.position;
    return null;
end
$function$
;
CREATE OR REPLACE FUNCTION prod_test_schema.measure_recovery_time()
 RETURNS TABLE(database text, metric text, basis text, seconds double precision, objective_s double precision, status text, measured_at timestamp with time zone, detail text)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
#variable_conflict use_column
begin
    return query
    with known as (
        select backup.database from prod_test_schema.backups as backup
        union
        select drill.database from prod_test_schema.recovery_drills as drill
    ),
    asked as (
        select known.database, false as here from known
        union all
        select pg_catalog.current_database()::text, true where not exists (select from known)
    ),
    objective as (
        select
            setting.name,
            (setting.value #>> '{}')::double precision as seconds
        from prod_test_schema.settings as setting
        where setting.name in ('recovery.rto', 'recovery.rpo')
    ),
    measured as (
        select distinct on (drill.database) drill.*
        from prod_test_schema.recovery_drills as drill
        where drill.kind = 'restore' and drill.rto_s is not null
        order by drill.database, drill.started_at desc
    ),
    saved as (
        select distinct on (backup.database) backup.*
        from prod_test_schema.backups as backup
        where backup.state in ('created', 'validated', 'tested')
        order by backup.database, backup.started_at desc
    ),
    found as (
        select
            asked.database,
            'RTO' as metric,
            case when drill.id is null then 'ESTIMATED' else 'MEASURED' end as basis,
            case
                when drill.id is not null then drill.rto_s
                -- A server that was watched restored 25 MB of tables a second, from 5 MB of archive.
                when backup.id is not null then 2 + backup.size_bytes / 5e6
                when asked.here then 2 + pg_catalog.pg_database_size(pg_catalog.current_database()) / 25e6
            end as seconds,
            coalesce(
                (select o.seconds from objective as o where o.name = 'recovery.rto'), drill.rto_objective_s
            ) as objective_s,
            drill.started_at as measured_at,
            case when drill.id is null then 'Never drilled: from size alone' else 'Drill ' || drill.status end as detail
        from asked
        left join measured as drill on drill.database = asked.database
        left join saved as backup on backup.database = asked.database
        union all
        select
            asked.database,
            'RPO',
            case when drill.id is null then 'ESTIMATED' else 'MEASURED' end,
            case
                when drill.id is not null then drill.rpo_s
                else pg_catalog.date_part('epoch', pg_catalog.now() - backup.started_at)
            end,
            coalesce(
                (select o.seconds from objective as o where o.name = 'recovery.rpo'), drill.rpo_objective_s
            ),
            drill.started_at,
            case
                when drill.id is not null then 'Age of the backup when the drill began'
                when backup.id is not null then 'Never drilled: age of the newest backup'
                else 'There is no backup'
            end
        from asked
        left join measured as drill on drill.database = asked.database
        left join saved as backup on backup.database = asked.database
    )
    select
        found.database,
        found.metric,
        found.basis,
        found.seconds,
        found.objective_s,
        case
            when found.basis = 'ESTIMATED' or found.seconds is null then 'NOT VERIFIED'
            when found.objective_s is null then 'NO OBJECTIVE'
            when found.seconds <= found.objective_s then 'MET'
            else 'MISSED'
        end,
        found.measured_at,
        found.detail
    from found
    order by found.database, found.metric desc;
end
$function$
;
CREATE OR REPLACE FUNCTION prod_test_schema.register_test_entity(test_name text, entity_type text, entity_id bigint, cleanup_method text DEFAULT 'CASCADE'::text, key_column name DEFAULT NULL::name)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
begin
    return prod_test_schema.register_test_entity($1, $2, $3::text, $4, $5);
end
$function$
;
CREATE OR REPLACE FUNCTION prod_test_schema.register_test_entity(test_name text, entity_type text, entity_id text, cleanup_method text DEFAULT 'CASCADE'::text, key_column name DEFAULT NULL::name)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
declare
    -- The only name that is looked for along the caller's search path.
    home pg_catalog.oid := pg_catalog.to_regclass(register_test_entity.entity_type);
    place text;
    keys name[];
    key_type text;
    key text;
    run uuid := nullif(pg_catalog.current_setting('pgassay.run', true), '')::uuid;
    made uuid;
begin
    select pg_catalog.format('%I.%I', space.nspname, relation.relname)
    into place
    from pg_catalog.pg_class as relation
    join pg_catalog.pg_namespace as space on space.oid = relation.relnamespace
    where relation.oid = home
        and relation.relkind in ('r', 'p')
        and relation.relpersistence <> 't'
        and space.nspname not in ('information_schema', 'prod_test_schema', 'performance_monitoring')
        and space.nspname not like 'pg\_%';
    if place is null then
        raise undefined_table using
            message = pg_catalog.format('%L is no table of the application', register_test_entity.entity_type),
            hint = 'Write SCHEMA.TABLE, or the name of a table on the search path.';
    end if;

    select pg_catalog.array_agg(distinct attribute.attname)
    into keys
    from pg_catalog.pg_index as index
    join pg_catalog.pg_attribute as attribute
        on attribute.attrelid = index.indrelid
        and attribute.attnum = index.indkey[0]
    where index.indrelid = home
        and index.indisunique
        and index.indisvalid
        and index.indnkeyatts = 1
        and index.indpred is null
        and case
            when register_test_entity.key_column is null then index.indisprimary
            else attribute.attname = register_test_entity.key_column
        end;
    if keys is null then
        raise invalid_parameter_value using
            message = pg_catalog.format('%s has no unique key of one column to find a row by', place),
            hint = 'Name such a column with key_column.';
    end if;

    select pg_catalog.format_type(attribute.atttypid, null)
    into key_type
    from pg_catalog.pg_attribute as attribute
    where attribute.attrelid = home
        and attribute.attname = keys[1];
    execute pg_catalog.format('select $1::%s::text', key_type) into key using register_test_entity.entity_id;
    if key is null then
        raise null_value_not_allowed using message = 'A row cannot be registered without its key';
    end if;

    insert into prod_test_schema.prod_test_data_registry (
        test_execution_id,
        test_name,
        entity_type,
        entity_id,
        entity_key,
        key_column,
        cleanup_method,
        run_id,
        backend_pid,
        backend_start
    )
    values (
        (
            select log.id
            from prod_test_schema.prod_test_execution_log as log
            where log.run_id = run
                and log.status = 'running'
            order by log.start_time, log.id
            limit 1
        ),
        register_test_entity.test_name,
        place,
        case when key_type = 'uuid' then key::uuid end,
        case when key_type <> 'uuid' then key end,
        keys[1],
        upper(register_test_entity.cleanup_method),
        run,
        pg_catalog.pg_backend_pid(),
        (
            select session.backend_start
            from pg_catalog.pg_stat_activity as session
            where session.pid = pg_catalog.pg_backend_pid()
        )
    )
    returning id into made;
    return made;
end
$function$
;
CREATE OR REPLACE FUNCTION prod_test_schema.register_test_entity(test_name text, entity_type text, entity_id uuid, cleanup_method text DEFAULT 'CASCADE'::text, key_column name DEFAULT NULL::name)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
begin
    return prod_test_schema.register_test_entity($1, $2, $3::text, $4, $5);
end
$function$
;
CREATE OR REPLACE FUNCTION performance_monitoring.detect_performance_regression()
 RETURNS TABLE(test_category text, test_name text, baseline_ms double precision, current_ms double precision, change_percent numeric, severity text)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
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
$function$
;

create table prod_test_schema.access_runs (
    id uuid not null,
    started_at timestamp with time zone not null,
    duration interval not null,
    target text not null,
    database text not null,
    server_version text not null,
    ground text not null,
    verdict text not null,
    baseline text,
    relations integer not null,
    identities text[] not null,
    verified integer not null,
    not_verified integer not null,
    opened integer default 0 not null,
    differences jsonb,
    matrix jsonb not null,
    created_by text default CURRENT_USER not null
);
create table prod_test_schema.backups (
    id uuid not null,
    kind text not null,
    target text not null,
    database text not null,
    server_version text not null,
    location text not null,
    started_at timestamp with time zone not null,
    finished_at timestamp with time zone,
    state text default 'running'::text not null,
    tested_at timestamp with time zone,
    size_bytes bigint,
    tables integer,
    rows bigint,
    manifest_sha256 text,
    sentence text default ''::text not null,
    run_lock bigint,
    created_by text default CURRENT_USER not null
);
create table prod_test_schema.catalog_objects (
    snapshot_id text not null,
    kind text not null,
    name text not null,
    digest text not null,
    uses text[] not null
);
create table prod_test_schema.catalog_snapshots (
    id text not null,
    taken_at timestamp with time zone default now() not null
);
create table prod_test_schema.catalog_states (
    sha256 text not null,
    entries jsonb not null,
    noted_at timestamp with time zone default now() not null
);
create table prod_test_schema.check_results (
    run_id uuid not null,
    check_name text not null,
    title text not null,
    areas text[] not null,
    level text not null,
    broken boolean not null,
    elapsed_ms double precision not null,
    findings jsonb not null,
    waived jsonb not null
);
create table prod_test_schema.check_runs (
    id uuid not null,
    started_at timestamp with time zone not null,
    duration interval not null,
    target text not null,
    database text not null,
    server_version text not null,
    areas text[] not null,
    strict boolean not null,
    verdict text not null,
    exit_code integer not null,
    unreachable text,
    checks integer not null,
    passed integer not null,
    info integer not null,
    warnings integer not null,
    not_verified integer not null,
    failed integer not null,
    broken integer not null,
    waived integer not null,
    created_by text default CURRENT_USER not null
);
create table prod_test_schema.incident_events (
    id uuid default gen_random_uuid() not null,
    incident_id uuid not null,
    happened_at timestamp with time zone default clock_timestamp() not null,
    actor text default CURRENT_USER not null,
    status_before text,
    status_after text not null,
    note text default ''::text not null
);
create table prod_test_schema.incident_links (
    incident_id uuid not null,
    kind text not null,
    reference text not null,
    linked_at timestamp with time zone default now() not null
);
create table prod_test_schema.migration_runs (
    id uuid not null,
    operation text not null,
    migration_id text not null,
    version text not null,
    name text not null,
    up_path text not null,
    up_sha256 text not null,
    down_path text,
    down_sha256 text,
    target text not null,
    database text not null,
    place text default ''::text not null,
    irreversible_reason text default ''::text not null,
    unrehearsed_reason text default ''::text not null,
    started_at timestamp with time zone not null,
    finished_at timestamp with time zone,
    status text default 'running'::text not null,
    step text default 'look'::text not null,
    sentence text default ''::text not null,
    parts_committed integer default 0 not null,
    fingerprint_before text default ''::text not null,
    fingerprint_after text default ''::text not null,
    changes jsonb default '[]'::jsonb not null,
    exact boolean default false not null,
    run_lock bigint not null,
    created_by text default CURRENT_USER not null
);
create table prod_test_schema.migration_steps (
    run_id uuid not null,
    "position" integer not null,
    step text not null,
    status text default 'running'::text not null,
    sentence text default ''::text not null,
    detail text[] default '{}'::text[] not null,
    started_at timestamp with time zone not null,
    finished_at timestamp with time zone
);
create table prod_test_schema.notification_outbox (
    id uuid default gen_random_uuid() not null,
    notice_key text not null,
    channel text not null,
    receiver text not null,
    notice jsonb not null,
    created_at timestamp with time zone default now() not null,
    attempts integer default 0 not null,
    next_attempt_at timestamp with time zone default now() not null,
    claimed_until timestamp with time zone,
    delivered_at timestamp with time zone,
    failed_at timestamp with time zone,
    last_error text,
    retried_at timestamp with time zone,
    retried_by text,
    replaced_at timestamp with time zone
);
create table prod_test_schema.prod_test_data_registry (
    id uuid default gen_random_uuid() not null,
    test_execution_id uuid,
    test_name text not null,
    entity_type text not null,
    entity_id uuid,
    created_at timestamp with time zone default now() not null,
    cleaned_up_at timestamp with time zone,
    cleanup_method text default 'CASCADE'::text not null,
    entity_key text,
    key_column name,
    run_id uuid,
    registered_by name default CURRENT_USER not null,
    backend_pid integer,
    backend_start timestamp with time zone
);
create table prod_test_schema.prod_test_execution_log (
    id uuid default gen_random_uuid() not null,
    test_suite text not null,
    test_category text not null,
    start_time timestamp with time zone default now() not null,
    end_time timestamp with time zone,
    duration interval,
    tests_planned integer default 0 not null,
    tests_passed integer default 0 not null,
    tests_failed integer default 0 not null,
    success_rate numeric(5,2),
    performance_metrics jsonb default '{}'::jsonb not null,
    environment_info jsonb default '{}'::jsonb not null,
    created_by text default CURRENT_USER not null,
    run_id uuid,
    status text default 'running'::text not null
);
create table prod_test_schema.production_incidents (
    id uuid default gen_random_uuid() not null,
    incident_type text not null,
    severity text not null,
    title text not null,
    description text,
    detection_method text not null,
    detected_at timestamp with time zone default now() not null,
    acknowledged_at timestamp with time zone,
    resolved_at timestamp with time zone,
    resolution_notes text,
    rollback_performed boolean default false not null,
    affected_tables text[],
    performance_impact jsonb,
    assigned_to text,
    status text default 'OPEN'::text not null,
    cause text,
    occurrences integer default 1 not null,
    last_seen_at timestamp with time zone default now() not null
);
create table prod_test_schema.recovery_drills (
    id uuid not null,
    kind text not null,
    backup_id uuid,
    target text not null,
    database text not null,
    place text default ''::text not null,
    started_at timestamp with time zone not null,
    finished_at timestamp with time zone,
    status text default 'running'::text not null,
    rto_s double precision,
    rpo_s double precision,
    rto_objective_s double precision,
    rpo_objective_s double precision,
    phases jsonb default '[]'::jsonb not null,
    steps jsonb default '[]'::jsonb not null,
    sentence text default ''::text not null,
    run_lock bigint,
    created_by text default CURRENT_USER not null
);
create table prod_test_schema.rollback_events (
    id uuid default gen_random_uuid() not null,
    rollback_reason text not null,
    backup_used text,
    emergency_backup_location text,
    executed_at timestamp with time zone default now() not null,
    completed_at timestamp with time zone,
    executed_by text default CURRENT_USER not null,
    incident_id uuid,
    succeeded boolean,
    details jsonb default '{}'::jsonb not null,
    operation text default 'run'::text not null,
    target text default ''::text not null,
    database text default ''::text not null,
    status text,
    step text default ''::text not null,
    sentence text default ''::text not null,
    backup_id uuid,
    undoes uuid,
    outage_s double precision,
    way text default 'database'::text not null,
    schemas text[] default '{}'::text[] not null
);
create table prod_test_schema.rollback_steps (
    event_id uuid not null,
    "position" integer not null,
    step text not null,
    status text default 'running'::text not null,
    sentence text default ''::text not null,
    detail text[] default '{}'::text[] not null,
    started_at timestamp with time zone not null,
    finished_at timestamp with time zone
);
create table prod_test_schema.run_catalogs (
    run_id uuid not null,
    snapshot_id text not null,
    noted_at timestamp with time zone default clock_timestamp() not null
);
create table prod_test_schema.run_evidence (
    run_id uuid not null,
    number integer not null,
    file_position integer,
    document text not null,
    sha256 text not null,
    recorded_at timestamp with time zone default now() not null
);
create table prod_test_schema.schema_migrations (
    version integer not null,
    name text not null,
    applied_at timestamp with time zone default now() not null,
    applied_by text default CURRENT_USER not null
);
create table prod_test_schema.settings (
    name text not null,
    value jsonb not null,
    updated_at timestamp with time zone default now() not null,
    updated_by text default CURRENT_USER not null
);
create table prod_test_schema.test_file_results (
    run_id uuid not null,
    "position" integer not null,
    path text not null,
    category text not null,
    outcome text not null,
    red boolean generated always as ((outcome = ANY (ARRAY['failed'::text, 'timed out'::text, 'not run'::text]))) stored not null,
    final boolean not null,
    attempt integer not null,
    taken_up_at timestamp with time zone,
    started_at timestamp with time zone not null,
    elapsed_s double precision not null,
    worker integer not null,
    engine text not null,
    tests_planned integer,
    tests_passed integer not null,
    tests_failed integer not null,
    skip_reason text not null,
    problems jsonb not null,
    warnings jsonb not null,
    notices text[] not null,
    output text[] not null,
    critical boolean not null,
    timeout_s double precision,
    isolation text,
    tags text[] not null,
    expected_s double precision,
    queries integer,
    slow_queries integer,
    touched_text text,
    calls_counted boolean default false not null,
    memory_mb double precision,
    cpu_percent double precision,
    cpu_ms double precision
);
create table prod_test_schema.test_results (
    run_id uuid not null,
    file_position integer not null,
    "position" integer not null,
    number integer,
    ok boolean not null,
    description text not null,
    directive text not null,
    reason text not null,
    passed boolean generated always as (((NOT unplanned) AND (ok OR (directive = 'TODO'::text)))) stored not null,
    unplanned boolean not null,
    elapsed_ms double precision,
    diagnostics text[] not null,
    nested text[] not null,
    place_path text,
    place_line integer
);
create table prod_test_schema.test_runs (
    id uuid default gen_random_uuid() not null,
    name text not null,
    started_at timestamp with time zone not null,
    finished_at timestamp with time zone,
    elapsed_s double precision,
    status text default 'running'::text not null,
    interrupted boolean default false not null,
    out_of_time boolean default false not null,
    bail_out text,
    warnings jsonb default '[]'::jsonb not null,
    environment jsonb not null,
    options jsonb not null,
    files jsonb not null,
    run_lock bigint,
    created_by text default CURRENT_USER not null
);
create table prod_test_schema.test_touches (
    run_id uuid not null,
    file_position integer not null,
    kind text not null,
    object text not null,
    known text not null
);
create table performance_monitoring.database_sizes (
    database text not null,
    hour timestamp with time zone not null,
    recorded_at timestamp with time zone default now() not null,
    size_bytes bigint not null,
    largest_tables jsonb default '[]'::jsonb not null
);
create table performance_monitoring.performance_alerts (
    id uuid default gen_random_uuid() not null,
    alert_type text not null,
    test_category text not null,
    test_name text,
    alert_message text not null,
    severity text not null,
    threshold_value double precision,
    actual_value double precision,
    created_at timestamp with time zone default now() not null,
    acknowledged_at timestamp with time zone,
    resolved_at timestamp with time zone,
    cause text,
    occurrences integer default 1 not null,
    last_seen_at timestamp with time zone default now() not null,
    acknowledged_by text,
    resolved_by text,
    resolution_notes text,
    subject text,
    aspect text,
    episode uuid
);
create table performance_monitoring.performance_baselines (
    id uuid default gen_random_uuid() not null,
    test_category text not null,
    baseline_metrics jsonb not null,
    established_at timestamp with time zone default now() not null,
    updated_at timestamp with time zone default now() not null,
    is_active boolean default true not null,
    established_by text default CURRENT_USER not null,
    reason text,
    target text
);
create table performance_monitoring.performance_runs (
    id uuid not null,
    started_at timestamp with time zone not null,
    target text not null,
    server text not null,
    noisy boolean default false not null,
    red boolean,
    judged integer default 0 not null,
    not_judged integer default 0 not null,
    judgements jsonb default '[]'::jsonb not null,
    created_by text default CURRENT_USER not null
);
create table performance_monitoring.test_performance_metrics (
    id uuid default gen_random_uuid() not null,
    test_category text not null,
    test_name text not null,
    execution_time_ms double precision not null,
    memory_usage_mb double precision,
    cpu_usage_percent double precision,
    query_count integer,
    slow_query_count integer,
    recorded_at timestamp with time zone default now() not null,
    environment text default 'production'::text not null,
    run_id uuid,
    sample_count integer
);

alter table prod_test_schema.access_runs add constraint access_runs_ground_check CHECK ((ground = ANY (ARRAY['copy'::text, 'in place'::text, 'read-only'::text])));
alter table prod_test_schema.access_runs add constraint access_runs_not_verified_check CHECK ((not_verified >= 0));
alter table prod_test_schema.access_runs add constraint access_runs_opened_check CHECK ((opened >= 0));
alter table prod_test_schema.access_runs add constraint access_runs_pkey PRIMARY KEY (id);
alter table prod_test_schema.access_runs add constraint access_runs_relations_check CHECK ((relations >= 0));
alter table prod_test_schema.access_runs add constraint access_runs_verdict_check CHECK ((verdict = ANY (ARRAY['same'::text, 'differs'::text, 'saved'::text, 'no baseline'::text, 'interrupted'::text])));
alter table prod_test_schema.access_runs add constraint access_runs_verified_check CHECK ((verified >= 0));
alter table prod_test_schema.backups add constraint backups_check CHECK ((finished_at >= started_at));
alter table prod_test_schema.backups add constraint backups_check1 CHECK (((state = 'tested'::text) <= (tested_at IS NOT NULL)));
alter table prod_test_schema.backups add constraint backups_kind_check CHECK ((kind = ANY (ARRAY['logical'::text, 'physical'::text])));
alter table prod_test_schema.backups add constraint backups_manifest_sha256_check CHECK ((manifest_sha256 ~ '^[0-9a-f]{64}$'::text));
alter table prod_test_schema.backups add constraint backups_pkey PRIMARY KEY (id);
alter table prod_test_schema.backups add constraint backups_rows_check CHECK ((rows >= 0));
alter table prod_test_schema.backups add constraint backups_size_bytes_check CHECK ((size_bytes >= 0));
alter table prod_test_schema.backups add constraint backups_state_check CHECK ((state = ANY (ARRAY['running'::text, 'created'::text, 'validated'::text, 'tested'::text, 'failed'::text, 'interrupted'::text, 'gone'::text])));
alter table prod_test_schema.backups add constraint backups_tables_check CHECK ((tables >= 0));
alter table prod_test_schema.catalog_objects add constraint catalog_objects_pkey PRIMARY KEY (snapshot_id, kind, name);
alter table prod_test_schema.catalog_snapshots add constraint catalog_snapshots_id_check CHECK ((id ~ '^[0-9a-f]{64}$'::text));
alter table prod_test_schema.catalog_snapshots add constraint catalog_snapshots_pkey PRIMARY KEY (id);
alter table prod_test_schema.catalog_states add constraint catalog_states_pkey PRIMARY KEY (sha256);
alter table prod_test_schema.catalog_states add constraint catalog_states_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text));
alter table prod_test_schema.check_results add constraint check_results_level_check CHECK ((level = ANY (ARRAY['passed'::text, 'info'::text, 'warning'::text, 'not verified'::text, 'failed'::text])));
alter table prod_test_schema.check_results add constraint check_results_pkey PRIMARY KEY (run_id, check_name);
alter table prod_test_schema.check_runs add constraint check_runs_broken_check CHECK ((broken >= 0));
alter table prod_test_schema.check_runs add constraint check_runs_checks_check CHECK ((checks >= 0));
alter table prod_test_schema.check_runs add constraint check_runs_failed_check CHECK ((failed >= 0));
alter table prod_test_schema.check_runs add constraint check_runs_info_check CHECK ((info >= 0));
alter table prod_test_schema.check_runs add constraint check_runs_not_verified_check CHECK ((not_verified >= 0));
alter table prod_test_schema.check_runs add constraint check_runs_passed_check CHECK ((passed >= 0));
alter table prod_test_schema.check_runs add constraint check_runs_pkey PRIMARY KEY (id);
alter table prod_test_schema.check_runs add constraint check_runs_waived_check CHECK ((waived >= 0));
alter table prod_test_schema.check_runs add constraint check_runs_warnings_check CHECK ((warnings >= 0));
alter table prod_test_schema.incident_events add constraint incident_events_pkey PRIMARY KEY (id);
alter table prod_test_schema.incident_events add constraint incident_events_status_after_check CHECK ((status_after = ANY (ARRAY['OPEN'::text, 'INVESTIGATING'::text, 'RESOLVED'::text, 'CLOSED'::text])));
alter table prod_test_schema.incident_events add constraint incident_events_status_before_check CHECK ((status_before = ANY (ARRAY['OPEN'::text, 'INVESTIGATING'::text, 'RESOLVED'::text, 'CLOSED'::text])));
alter table prod_test_schema.incident_links add constraint incident_links_kind_check CHECK ((kind = ANY (ARRAY['run'::text, 'alert'::text, 'migration'::text, 'rollback'::text, 'drill'::text, 'backup'::text])));
alter table prod_test_schema.incident_links add constraint incident_links_pkey PRIMARY KEY (incident_id, kind, reference);
alter table prod_test_schema.migration_runs add constraint migration_runs_check CHECK ((finished_at >= started_at));
alter table prod_test_schema.migration_runs add constraint migration_runs_down_sha256_check CHECK ((down_sha256 ~ '^[0-9a-f]{64}$'::text));
alter table prod_test_schema.migration_runs add constraint migration_runs_operation_check CHECK ((operation = ANY (ARRAY['apply'::text, 'rollback'::text, 'rehearse'::text, 'adopt'::text])));
alter table prod_test_schema.migration_runs add constraint migration_runs_parts_committed_check CHECK ((parts_committed >= 0));
alter table prod_test_schema.migration_runs add constraint migration_runs_pkey PRIMARY KEY (id);
alter table prod_test_schema.migration_runs add constraint migration_runs_status_check CHECK ((status = ANY (ARRAY['running'::text, 'succeeded'::text, 'red'::text, 'unchanged'::text, 'undone'::text, 'between'::text, 'interrupted'::text])));
alter table prod_test_schema.migration_runs add constraint migration_runs_up_sha256_check CHECK ((up_sha256 ~ '^[0-9a-f]{64}$'::text));
alter table prod_test_schema.migration_steps add constraint migration_steps_pkey PRIMARY KEY (run_id, "position");
alter table prod_test_schema.migration_steps add constraint migration_steps_position_check CHECK (("position" > 0));
alter table prod_test_schema.migration_steps add constraint migration_steps_status_check CHECK ((status = ANY (ARRAY['running'::text, 'holds'::text, 'broken'::text, 'not verified'::text])));
alter table prod_test_schema.notification_outbox add constraint notification_outbox_attempts_check CHECK ((attempts >= 0));
alter table prod_test_schema.notification_outbox add constraint notification_outbox_check CHECK (((delivered_at IS NULL) OR (failed_at IS NULL)));
alter table prod_test_schema.notification_outbox add constraint notification_outbox_notice_key_channel_receiver_key UNIQUE (notice_key, channel, receiver);
alter table prod_test_schema.notification_outbox add constraint notification_outbox_pkey PRIMARY KEY (id);
alter table prod_test_schema.notification_outbox add constraint notification_outbox_replaced_check CHECK (((replaced_at IS NULL) OR (failed_at IS NOT NULL)));
alter table prod_test_schema.prod_test_data_registry add constraint prod_test_data_registry_check CHECK ((cleaned_up_at >= created_at));
alter table prod_test_schema.prod_test_data_registry add constraint prod_test_data_registry_check1 CHECK ((num_nonnulls(entity_id, entity_key) = 1));
alter table prod_test_schema.prod_test_data_registry add constraint prod_test_data_registry_cleanup_method_check CHECK ((cleanup_method = ANY (ARRAY['CASCADE'::text, 'DELETE'::text, 'KEEP'::text, 'NONE'::text])));
alter table prod_test_schema.prod_test_data_registry add constraint prod_test_data_registry_pkey PRIMARY KEY (id);
alter table prod_test_schema.prod_test_execution_log add constraint prod_test_execution_log_check CHECK ((end_time >= start_time));
alter table prod_test_schema.prod_test_execution_log add constraint prod_test_execution_log_pkey PRIMARY KEY (id);
alter table prod_test_schema.prod_test_execution_log add constraint prod_test_execution_log_run_id_test_category_key UNIQUE (run_id, test_category);
alter table prod_test_schema.prod_test_execution_log add constraint prod_test_execution_log_status_check CHECK ((status = ANY (ARRAY['running'::text, 'complete'::text, 'cut short'::text, 'timed out'::text, 'not started'::text, 'interrupted'::text])));
alter table prod_test_schema.prod_test_execution_log add constraint prod_test_execution_log_success_rate_check CHECK (((success_rate >= (0)::numeric) AND (success_rate <= (100)::numeric)));
alter table prod_test_schema.prod_test_execution_log add constraint prod_test_execution_log_tests_failed_check CHECK ((tests_failed >= '-1'::integer));
alter table prod_test_schema.prod_test_execution_log add constraint prod_test_execution_log_tests_passed_check CHECK ((tests_passed >= 0));
alter table prod_test_schema.prod_test_execution_log add constraint prod_test_execution_log_tests_planned_check CHECK ((tests_planned >= 0));
alter table prod_test_schema.production_incidents add constraint production_incidents_detection_method_check CHECK ((detection_method = ANY (ARRAY['AUTOMATED_TEST'::text, 'MONITORING'::text, 'USER_REPORT'::text])));
alter table prod_test_schema.production_incidents add constraint production_incidents_incident_type_check CHECK ((incident_type = ANY (ARRAY['TEST_FAILURE'::text, 'PERFORMANCE'::text, 'SECURITY'::text, 'DATA_INTEGRITY'::text])));
alter table prod_test_schema.production_incidents add constraint production_incidents_occurrences_check CHECK ((occurrences > 0));
alter table prod_test_schema.production_incidents add constraint production_incidents_pkey PRIMARY KEY (id);
alter table prod_test_schema.production_incidents add constraint production_incidents_severity_check CHECK ((severity = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text, 'CRITICAL'::text])));
alter table prod_test_schema.production_incidents add constraint production_incidents_status_check CHECK ((status = ANY (ARRAY['OPEN'::text, 'INVESTIGATING'::text, 'RESOLVED'::text, 'CLOSED'::text])));
alter table prod_test_schema.recovery_drills add constraint recovery_drills_check CHECK ((finished_at >= started_at));
alter table prod_test_schema.recovery_drills add constraint recovery_drills_kind_check CHECK ((kind = ANY (ARRAY['restore'::text, 'point-in-time'::text])));
alter table prod_test_schema.recovery_drills add constraint recovery_drills_pkey PRIMARY KEY (id);
alter table prod_test_schema.recovery_drills add constraint recovery_drills_rpo_s_check CHECK ((rpo_s >= (0)::double precision));
alter table prod_test_schema.recovery_drills add constraint recovery_drills_rto_s_check CHECK ((rto_s >= (0)::double precision));
alter table prod_test_schema.recovery_drills add constraint recovery_drills_status_check CHECK ((status = ANY (ARRAY['running'::text, 'passed'::text, 'failed'::text, 'not verified'::text, 'interrupted'::text])));
alter table prod_test_schema.rollback_events add constraint rollback_events_check CHECK ((completed_at >= executed_at));
alter table prod_test_schema.rollback_events add constraint rollback_events_operation_check CHECK ((operation = ANY (ARRAY['run'::text, 'undo'::text])));
alter table prod_test_schema.rollback_events add constraint rollback_events_outage_s_check CHECK ((outage_s >= (0)::double precision));
alter table prod_test_schema.rollback_events add constraint rollback_events_pkey PRIMARY KEY (id);
alter table prod_test_schema.rollback_events add constraint rollback_events_status_check CHECK ((status = ANY (ARRAY['running'::text, 'succeeded'::text, 'red'::text, 'unchanged'::text, 'interrupted'::text])));
alter table prod_test_schema.rollback_events add constraint rollback_events_way_check CHECK ((way = ANY (ARRAY['database'::text, 'schemas'::text])));
alter table prod_test_schema.rollback_steps add constraint rollback_steps_pkey PRIMARY KEY (event_id, "position");
alter table prod_test_schema.rollback_steps add constraint rollback_steps_position_check CHECK (("position" > 0));
alter table prod_test_schema.rollback_steps add constraint rollback_steps_status_check CHECK ((status = ANY (ARRAY['running'::text, 'holds'::text, 'broken'::text, 'not verified'::text])));
alter table prod_test_schema.run_catalogs add constraint run_catalogs_pkey PRIMARY KEY (run_id);
alter table prod_test_schema.run_evidence add constraint run_evidence_file_position_check CHECK ((file_position > 0));
alter table prod_test_schema.run_evidence add constraint run_evidence_number_check CHECK ((number > 0));
alter table prod_test_schema.run_evidence add constraint run_evidence_pkey PRIMARY KEY (run_id, number);
alter table prod_test_schema.run_evidence add constraint run_evidence_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text));
alter table prod_test_schema.schema_migrations add constraint schema_migrations_pkey PRIMARY KEY (version);
alter table prod_test_schema.schema_migrations add constraint schema_migrations_version_check CHECK ((version > 0));
alter table prod_test_schema.settings add constraint settings_pkey PRIMARY KEY (name);
alter table prod_test_schema.test_file_results add constraint test_file_results_cpu_ms_check CHECK ((cpu_ms >= (0)::double precision));
alter table prod_test_schema.test_file_results add constraint test_file_results_cpu_percent_check CHECK ((cpu_percent >= (0)::double precision));
alter table prod_test_schema.test_file_results add constraint test_file_results_memory_mb_check CHECK ((memory_mb >= (0)::double precision));
alter table prod_test_schema.test_file_results add constraint test_file_results_outcome_check CHECK ((outcome = ANY (ARRAY['passed'::text, 'skipped'::text, 'flaky'::text, 'needs rollback tier'::text, 'failed'::text, 'timed out'::text, 'not run'::text])));
alter table prod_test_schema.test_file_results add constraint test_file_results_pkey PRIMARY KEY (run_id, "position");
alter table prod_test_schema.test_file_results add constraint test_file_results_position_check CHECK (("position" > 0));
alter table prod_test_schema.test_file_results add constraint test_file_results_queries_check CHECK ((queries >= 0));
alter table prod_test_schema.test_file_results add constraint test_file_results_slow_queries_check CHECK ((slow_queries >= 0));
alter table prod_test_schema.test_file_results add constraint test_file_results_touched_text_check CHECK ((touched_text ~ '^[0-9a-f]{64}$'::text));
alter table prod_test_schema.test_results add constraint test_results_directive_check CHECK ((directive = ANY (ARRAY[''::text, 'TODO'::text, 'SKIP'::text])));
alter table prod_test_schema.test_results add constraint test_results_pkey PRIMARY KEY (run_id, file_position, "position");
alter table prod_test_schema.test_runs add constraint test_runs_check CHECK (((status = 'running'::text) = (finished_at IS NULL)));
alter table prod_test_schema.test_runs add constraint test_runs_pkey PRIMARY KEY (id);
alter table prod_test_schema.test_runs add constraint test_runs_status_check CHECK ((status = ANY (ARRAY['running'::text, 'finished'::text, 'interrupted'::text])));
alter table prod_test_schema.test_touches add constraint test_touches_kind_check CHECK ((kind = ANY (ARRAY['table'::text, 'view'::text, 'function'::text, 'policy'::text, 'trigger'::text])));
alter table prod_test_schema.test_touches add constraint test_touches_known_check CHECK ((known = ANY (ARRAY['measured'::text, 'inferred'::text, 'named'::text])));
alter table prod_test_schema.test_touches add constraint test_touches_pkey PRIMARY KEY (run_id, file_position, kind, object);
alter table performance_monitoring.database_sizes add constraint database_sizes_pkey PRIMARY KEY (database, hour);
alter table performance_monitoring.database_sizes add constraint database_sizes_size_bytes_check CHECK ((size_bytes >= 0));
alter table performance_monitoring.performance_alerts add constraint performance_alerts_alert_type_check CHECK ((alert_type = ANY (ARRAY['REGRESSION'::text, 'THRESHOLD'::text, 'ANOMALY'::text])));
alter table performance_monitoring.performance_alerts add constraint performance_alerts_occurrences_check CHECK ((occurrences > 0));
alter table performance_monitoring.performance_alerts add constraint performance_alerts_pkey PRIMARY KEY (id);
alter table performance_monitoring.performance_alerts add constraint performance_alerts_severity_check CHECK ((severity = ANY (ARRAY['INFO'::text, 'WARNING'::text, 'CRITICAL'::text])));
alter table performance_monitoring.performance_baselines add constraint performance_baselines_pkey PRIMARY KEY (id);
alter table performance_monitoring.performance_runs add constraint performance_runs_judged_check CHECK ((judged >= 0));
alter table performance_monitoring.performance_runs add constraint performance_runs_not_judged_check CHECK ((not_judged >= 0));
alter table performance_monitoring.performance_runs add constraint performance_runs_pkey PRIMARY KEY (id);
alter table performance_monitoring.test_performance_metrics add constraint test_performance_metrics_cpu_usage_percent_check CHECK ((cpu_usage_percent >= (0)::double precision));
alter table performance_monitoring.test_performance_metrics add constraint test_performance_metrics_execution_time_ms_check CHECK ((execution_time_ms >= (0)::double precision));
alter table performance_monitoring.test_performance_metrics add constraint test_performance_metrics_memory_usage_mb_check CHECK ((memory_usage_mb >= (0)::double precision));
alter table performance_monitoring.test_performance_metrics add constraint test_performance_metrics_pkey PRIMARY KEY (id);
alter table performance_monitoring.test_performance_metrics add constraint test_performance_metrics_query_count_check CHECK ((query_count >= 0));
alter table performance_monitoring.test_performance_metrics add constraint test_performance_metrics_sample_count_check CHECK ((sample_count > 0));
alter table performance_monitoring.test_performance_metrics add constraint test_performance_metrics_slow_query_count_check CHECK ((slow_query_count >= 0));
alter table prod_test_schema.catalog_objects add constraint catalog_objects_snapshot_id_fkey FOREIGN KEY (snapshot_id) REFERENCES prod_test_schema.catalog_snapshots(id) ON DELETE CASCADE;
alter table prod_test_schema.check_results add constraint check_results_run_id_fkey FOREIGN KEY (run_id) REFERENCES prod_test_schema.check_runs(id) ON DELETE CASCADE;
alter table prod_test_schema.incident_events add constraint incident_events_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES prod_test_schema.production_incidents(id) ON DELETE CASCADE;
alter table prod_test_schema.incident_links add constraint incident_links_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES prod_test_schema.production_incidents(id) ON DELETE CASCADE;
alter table prod_test_schema.migration_steps add constraint migration_steps_run_id_fkey FOREIGN KEY (run_id) REFERENCES prod_test_schema.migration_runs(id) ON DELETE CASCADE;
alter table prod_test_schema.prod_test_data_registry add constraint prod_test_data_registry_test_execution_id_fkey FOREIGN KEY (test_execution_id) REFERENCES prod_test_schema.prod_test_execution_log(id) ON DELETE SET NULL;
alter table prod_test_schema.prod_test_execution_log add constraint prod_test_execution_log_run_id_fkey FOREIGN KEY (run_id) REFERENCES prod_test_schema.test_runs(id) ON DELETE CASCADE;
alter table prod_test_schema.recovery_drills add constraint recovery_drills_backup_id_fkey FOREIGN KEY (backup_id) REFERENCES prod_test_schema.backups(id) ON DELETE SET NULL;
alter table prod_test_schema.rollback_events add constraint rollback_events_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES prod_test_schema.production_incidents(id) ON DELETE SET NULL;
alter table prod_test_schema.rollback_steps add constraint rollback_steps_event_id_fkey FOREIGN KEY (event_id) REFERENCES prod_test_schema.rollback_events(id) ON DELETE CASCADE;
alter table prod_test_schema.run_catalogs add constraint run_catalogs_snapshot_id_fkey FOREIGN KEY (snapshot_id) REFERENCES prod_test_schema.catalog_snapshots(id) ON DELETE CASCADE;
alter table prod_test_schema.run_evidence add constraint run_evidence_run_id_fkey FOREIGN KEY (run_id) REFERENCES prod_test_schema.test_runs(id) ON DELETE CASCADE;
alter table prod_test_schema.test_file_results add constraint test_file_results_run_id_fkey FOREIGN KEY (run_id) REFERENCES prod_test_schema.test_runs(id) ON DELETE CASCADE;
alter table prod_test_schema.test_touches add constraint test_touches_run_id_file_position_fkey FOREIGN KEY (run_id, file_position) REFERENCES prod_test_schema.test_file_results(run_id, "position") ON DELETE CASCADE;

CREATE INDEX access_runs_started_at_idx ON prod_test_schema.access_runs USING btree (started_at DESC);
CREATE INDEX backups_started_at_idx ON prod_test_schema.backups USING btree (started_at DESC);
CREATE INDEX backups_tested_idx ON prod_test_schema.backups USING btree (database, started_at DESC) WHERE (state = 'tested'::text);
CREATE INDEX check_results_check_name_idx ON prod_test_schema.check_results USING btree (check_name);
CREATE INDEX check_runs_started_at_idx ON prod_test_schema.check_runs USING btree (started_at DESC);
CREATE INDEX incident_events_incident_idx ON prod_test_schema.incident_events USING btree (incident_id, happened_at);
CREATE INDEX migration_runs_content_idx ON prod_test_schema.migration_runs USING btree (up_sha256, operation, status);
CREATE INDEX migration_runs_started_at_idx ON prod_test_schema.migration_runs USING btree (started_at DESC);
CREATE INDEX notification_outbox_waiting_idx ON prod_test_schema.notification_outbox USING btree (next_attempt_at) WHERE ((delivered_at IS NULL) AND (failed_at IS NULL));
CREATE INDEX prod_test_data_registry_execution_idx ON prod_test_schema.prod_test_data_registry USING btree (test_execution_id);
CREATE INDEX prod_test_data_registry_left_idx ON prod_test_schema.prod_test_data_registry USING btree (entity_type, entity_id) WHERE (cleaned_up_at IS NULL);
CREATE INDEX prod_test_execution_log_start_time_idx ON prod_test_schema.prod_test_execution_log USING btree (start_time DESC, test_category);
CREATE UNIQUE INDEX production_incidents_cause_idx ON prod_test_schema.production_incidents USING btree (cause) WHERE ((cause IS NOT NULL) AND (status = ANY (ARRAY['OPEN'::text, 'INVESTIGATING'::text])));
CREATE INDEX production_incidents_detected_at_idx ON prod_test_schema.production_incidents USING btree (detected_at DESC);
CREATE INDEX production_incidents_open_idx ON prod_test_schema.production_incidents USING btree (severity, detected_at DESC) WHERE (status = ANY (ARRAY['OPEN'::text, 'INVESTIGATING'::text]));
CREATE INDEX recovery_drills_backup_idx ON prod_test_schema.recovery_drills USING btree (backup_id);
CREATE INDEX recovery_drills_started_at_idx ON prod_test_schema.recovery_drills USING btree (started_at DESC);
CREATE INDEX rollback_events_executed_at_idx ON prod_test_schema.rollback_events USING btree (executed_at DESC);
CREATE INDEX rollback_events_incident_idx ON prod_test_schema.rollback_events USING btree (incident_id);
CREATE INDEX run_catalogs_snapshot_idx ON prod_test_schema.run_catalogs USING btree (snapshot_id);
CREATE INDEX test_file_results_path_idx ON prod_test_schema.test_file_results USING btree (path, started_at DESC) WHERE final;
CREATE INDEX test_runs_running_idx ON prod_test_schema.test_runs USING btree (id) WHERE (status = 'running'::text);
CREATE INDEX test_runs_started_at_idx ON prod_test_schema.test_runs USING btree (started_at DESC, id);
CREATE UNIQUE INDEX performance_alerts_cause_idx ON performance_monitoring.performance_alerts USING btree (cause) WHERE ((cause IS NOT NULL) AND (resolved_at IS NULL));
CREATE INDEX performance_alerts_created_at_idx ON performance_monitoring.performance_alerts USING btree (created_at DESC);
CREATE INDEX performance_alerts_open_idx ON performance_monitoring.performance_alerts USING btree (severity, created_at DESC) WHERE (resolved_at IS NULL);
CREATE INDEX performance_alerts_subject_idx ON performance_monitoring.performance_alerts USING btree (subject) WHERE (resolved_at IS NULL);
CREATE UNIQUE INDEX performance_baselines_active_idx ON performance_monitoring.performance_baselines USING btree (test_category, COALESCE(target, ''::text)) WHERE is_active;
CREATE INDEX performance_runs_started_at_idx ON performance_monitoring.performance_runs USING btree (started_at DESC);
CREATE INDEX test_performance_metrics_recorded_at_idx ON performance_monitoring.test_performance_metrics USING btree (recorded_at DESC);
CREATE INDEX test_performance_metrics_run_idx ON performance_monitoring.test_performance_metrics USING btree (run_id);
CREATE INDEX test_performance_metrics_test_idx ON performance_monitoring.test_performance_metrics USING btree (test_category, test_name, recorded_at DESC);

create view performance_monitoring.production_performance_baselines as
 SELECT baseline.test_category,
    query.document ->> 'name'::text AS test_name,
    (query.document ->> 'median_ms'::text)::double precision AS median_ms,
    (query.document ->> 'p95_ms'::text)::double precision AS p95_ms,
    (query.document ->> 'spread_ms'::text)::double precision AS spread_ms,
    (query.document ->> 'samples'::text)::integer AS samples,
    (query.document ->> 'sla_ms'::text)::double precision AS sla_ms,
    ((query.document -> 'plan'::text) ->> 'shared_blocks'::text)::bigint AS shared_blocks,
    (query.document -> 'plan'::text) ->> 'digest'::text AS plan,
    baseline.established_at,
    baseline.established_by,
    ((query.document -> 'usage'::text) ->> 'memory_mb'::text)::double precision AS memory_mb,
    ((query.document -> 'usage'::text) ->> 'cpu_ms'::text)::double precision AS cpu_ms,
    baseline.target
   FROM performance_monitoring.performance_baselines baseline
     CROSS JOIN LATERAL jsonb_array_elements(baseline.baseline_metrics -> 'queries'::text) query(document)
  WHERE baseline.is_active;

CREATE TRIGGER forget_test_results AFTER DELETE ON prod_test_schema.test_file_results FOR EACH ROW EXECUTE FUNCTION prod_test_schema.forget_test_results();

comment on column performance_monitoring.database_sizes.database is 'Server and name';
comment on column performance_monitoring.database_sizes.largest_tables is 'The largest tables with their indexes, by the pages that the server counted last';
comment on column performance_monitoring.performance_alerts.aspect is 'What of it is worse';
comment on column performance_monitoring.performance_alerts.cause is 'What tells alerts of the same cause; at most one of them is not resolved';
comment on column performance_monitoring.performance_alerts.episode is 'The alert that was the first about the subject while this was raised; null where it is this one';
comment on column performance_monitoring.performance_alerts.occurrences is 'How often the cause was met while the alert was open';
comment on column performance_monitoring.performance_alerts.subject is 'What it is about: a statement of a target; what is open about the same is one matter';
comment on column performance_monitoring.performance_baselines.target is 'Whose, in a store of its own; null: of the database that the store is in, and of every target that has none';
comment on column performance_monitoring.performance_runs.noisy is 'Everything was slower at once; such a run is not compared with later';
comment on column performance_monitoring.performance_runs.red is 'Null where nothing was judged';
comment on column performance_monitoring.test_performance_metrics.cpu_usage_percent is 'User and system time of the one server process by the time that passed, of one core; null: not measured';
comment on column performance_monitoring.test_performance_metrics.memory_usage_mb is 'Of a file: what its session held in its memory contexts at the end of a transaction; of a statement of a workload: the largest resident set of a process that ran only that; null: not measured';
comment on column performance_monitoring.test_performance_metrics.run_id is 'The run of tests, or the benchmark, that it belongs to';
comment on column performance_monitoring.test_performance_metrics.sample_count is 'How many times the time is the median of; null: it was taken once';
comment on column prod_test_schema.access_runs.differences is 'Cells that are not as in the baseline; null where there was none to compare with';
comment on column prod_test_schema.access_runs.matrix is 'The reach by relation, identity and action; a relation or an action that is not named has none';
comment on column prod_test_schema.access_runs.target is 'Where, without secrets';
comment on column prod_test_schema.backups.manifest_sha256 is 'Of the manifest beside the archive';
comment on column prod_test_schema.backups.state is 'created: it is there; validated: its files are whole; tested: it was restored, and is what was saved';
comment on column prod_test_schema.catalog_objects.digest is 'A hash over its definition';
comment on column prod_test_schema.catalog_objects.uses is 'What its definition uses, each as its kind, a space and its name';
comment on column prod_test_schema.catalog_states.entries is 'One array an object: kind, name, text';
comment on column prod_test_schema.catalog_states.sha256 is 'As migration_runs.fingerprint_before and _after';
comment on column prod_test_schema.check_results.findings is 'Rows of object, level, detail, remediation and metadata';
comment on column prod_test_schema.check_results.waived is 'Findings that the settings ignore, each with its reason and its last day';
comment on column prod_test_schema.check_runs.areas is 'The areas that were asked for; empty where checks were named';
comment on column prod_test_schema.check_runs.broken is 'Checks that were at fault themselves';
comment on column prod_test_schema.check_runs.exit_code is 'How the process ended';
comment on column prod_test_schema.check_runs.target is 'Where, without secrets';
comment on column prod_test_schema.check_runs.unreachable is 'Why the server could not be reached; null where it was';
comment on column prod_test_schema.check_runs.waived is 'Findings that the settings ignore';
comment on column prod_test_schema.migration_runs.changes is 'The objects that differ after it: kind, name, before, after';
comment on column prod_test_schema.migration_runs.exact is 'Whether the copy that it was rehearsed on had the very catalogs of the target';
comment on column prod_test_schema.migration_runs.fingerprint_before is 'The SHA-256 of the target''s catalogs before it';
comment on column prod_test_schema.migration_runs.migration_id is 'The version, the name and the start of the SHA-256; also the name of the restore point';
comment on column prod_test_schema.migration_runs.parts_committed is 'How many parts of the file the target has for good';
comment on column prod_test_schema.migration_runs.run_lock is 'The advisory lock that says that its process lives';
comment on column prod_test_schema.migration_runs.status is 'succeeded and red: the target is as after it; unchanged and undone: as before; between: neither';
comment on column prod_test_schema.migration_runs.step is 'The step that it is at, or that was the last';
comment on column prod_test_schema.migration_steps.status is 'What the step found; running also for one that was interrupted';
comment on column prod_test_schema.notification_outbox.claimed_until is 'Somebody is sending it; past, whoever did was killed in the middle';
comment on column prod_test_schema.notification_outbox.failed_at is 'Given up: another try would end the same';
comment on column prod_test_schema.notification_outbox.receiver is 'A digest of the address, which may be a secret and is not stored';
comment on column prod_test_schema.notification_outbox.replaced_at is 'The receiver is not configured any more; those of the channel that are got the notice instead';
comment on column prod_test_schema.notification_outbox.retried_at is 'Somebody had it tried again after it was given up';
comment on column prod_test_schema.prod_test_data_registry.backend_start is 'With backend_pid: the session that registered it';
comment on column prod_test_schema.prod_test_data_registry.cleaned_up_at is 'Null while the row is there';
comment on column prod_test_schema.prod_test_data_registry.cleanup_method is 'CASCADE: removed behind the registered rows that refer to it; DELETE: the same, but never out of a circle; KEEP: left for good; NONE: only noted';
comment on column prod_test_schema.prod_test_data_registry.entity_id is 'The key of the row, where it is a uuid';
comment on column prod_test_schema.prod_test_data_registry.entity_key is 'The key of the row as text, of any other type';
comment on column prod_test_schema.prod_test_data_registry.entity_type is 'The table, schema-qualified';
comment on column prod_test_schema.prod_test_data_registry.key_column is 'The column that the key is in; null: the primary key';
comment on column prod_test_schema.prod_test_data_registry.registered_by is 'Who has to be allowed to delete it';
comment on column prod_test_schema.prod_test_data_registry.run_id is 'The run whose test registered it; null outside of a run';
comment on column prod_test_schema.prod_test_execution_log.end_time is 'When its last file ended; null while it runs';
comment on column prod_test_schema.prod_test_execution_log.environment_info is 'Where it took place, without passwords';
comment on column prod_test_schema.prod_test_execution_log.performance_metrics is 'Outcomes and durations of its files, the slowest files, and the times of single tests';
comment on column prod_test_schema.prod_test_execution_log.run_id is 'The run, with all that it printed';
comment on column prod_test_schema.prod_test_execution_log.start_time is 'When its first file started; until then, when the run did';
comment on column prod_test_schema.prod_test_execution_log.status is 'complete: each file ran; cut short: some files did not, because an earlier one stopped the run';
comment on column prod_test_schema.prod_test_execution_log.success_rate is 'Percent of the tests that passed; null where nothing can be said';
comment on column prod_test_schema.prod_test_execution_log.test_suite is 'The name of the run';
comment on column prod_test_schema.prod_test_execution_log.tests_failed is 'Failed and missing tests, at least one for each red file; -1: timed out, not started or interrupted';
comment on column prod_test_schema.prod_test_execution_log.tests_planned is 'Tests that the files announced or, without a plan, ran';
comment on column prod_test_schema.production_incidents.affected_tables is 'Tables that are known to be affected; null where it is not known which are';
comment on column prod_test_schema.production_incidents.cause is 'What tells incidents of the same cause; at most one of them is open';
comment on column prod_test_schema.production_incidents.occurrences is 'How often the cause was met while the incident was open';
comment on column prod_test_schema.production_incidents.performance_impact is 'What became worse, aspect by aspect, as it was seen last';
comment on column prod_test_schema.recovery_drills.phases is 'Name and seconds of each part of the recovery time';
comment on column prod_test_schema.recovery_drills.rpo_s is 'Seconds of committed work that would be lost; null: not measured';
comment on column prod_test_schema.recovery_drills.rto_s is 'Seconds until the copy could be written to and was verified; null: not measured';
comment on column prod_test_schema.recovery_drills.steps is 'Name, standing and sentence of each thing that was proven';
comment on column prod_test_schema.rollback_events.database is 'Server and name of the database';
comment on column prod_test_schema.rollback_events.emergency_backup_location is 'The copy that was taken of the state before the rollback';
comment on column prod_test_schema.rollback_events.operation is 'run: a backup took the place of the database; undo: what was set aside took its place again';
comment on column prod_test_schema.rollback_events.outage_s is 'Seconds in which nobody could get into the database; of schemas: in which others may have waited for locks';
comment on column prod_test_schema.rollback_events.schemas is 'The schemas that were replaced, where that was the way';
comment on column prod_test_schema.rollback_events.status is 'succeeded and red: the database is as after it; unchanged: as before; null: somebody wrote the row by hand';
comment on column prod_test_schema.rollback_events.step is 'The step that it is at, or that was the last';
comment on column prod_test_schema.rollback_events.succeeded is 'Null while it runs';
comment on column prod_test_schema.rollback_events.undoes is 'The operation that an undo took back';
comment on column prod_test_schema.rollback_events.way is 'What was swapped: the names of two databases, or of schemas inside of the one in use';
comment on column prod_test_schema.rollback_steps.status is 'What the step found; running also for one that was interrupted';
comment on column prod_test_schema.run_catalogs.run_id is 'The run, which may not be recorded itself yet';
comment on column prod_test_schema.run_evidence.document is 'Canonical JSON, to the byte; cast it to jsonb to query it';
comment on column prod_test_schema.run_evidence.file_position is 'The attempt that it is about, as in test_file_results.position; null for the end of the chain';
comment on column prod_test_schema.run_evidence.sha256 is 'The SHA-256 of the document';
comment on column prod_test_schema.test_file_results."position" is 'The order in which the attempts of the run ended';
comment on column prod_test_schema.test_file_results.calls_counted is 'Whether the server counted calls of functions for it';
comment on column prod_test_schema.test_file_results.cpu_ms is 'That CPU time itself; null: not measured';
comment on column prod_test_schema.test_file_results.cpu_percent is 'CPU time of the session''s process by the time that passed, of one core; null: not measured';
comment on column prod_test_schema.test_file_results.final is 'False for an attempt after which the file was tried again';
comment on column prod_test_schema.test_file_results.memory_mb is 'The most that the session was seen to hold in its memory contexts where a transaction of the file ended, in MB; null: not measured';
comment on column prod_test_schema.test_file_results.notices is 'What the server said besides results';
comment on column prod_test_schema.test_file_results.output is 'The TAP stream as it was printed, line by line';
comment on column prod_test_schema.test_file_results.problems is 'What makes the file red';
comment on column prod_test_schema.test_file_results.queries is 'Statements that it sent; null where psql sent them';
comment on column prod_test_schema.test_file_results.slow_queries is 'Statements that took longer than options.slow_s of the run';
comment on column prod_test_schema.test_file_results.taken_up_at is 'When a worker took it up; null for a file that never started';
comment on column prod_test_schema.test_file_results.touched_text is 'The SHA-256 of the text whose touches are in test_touches; null where none were recorded';
comment on column prod_test_schema.test_file_results.warnings is 'What deserves a second look';
comment on column prod_test_schema.test_results.elapsed_ms is 'The time until the server answered';
comment on column prod_test_schema.test_results.file_position is 'The attempt, as in test_file_results.position';
comment on column prod_test_schema.test_results.nested is 'The lines of the subtest that this line closes';
comment on column prod_test_schema.test_results.number is 'The number that the line claimed';
comment on column prod_test_schema.test_results.ok is 'The word at the start of the line';
comment on column prod_test_schema.test_results.passed is 'Whether it counts as passed: a TODO always does, a test beyond the plan never does';
comment on column prod_test_schema.test_runs.bail_out is 'The reason of a "Bail out!" line';
comment on column prod_test_schema.test_runs.environment is 'Where it took place; passwords are left out';
comment on column prod_test_schema.test_runs.files is 'The files that were chosen, in their order';
comment on column prod_test_schema.test_runs.interrupted is 'Stopped by Ctrl-C or SIGTERM, or its process vanished';
comment on column prod_test_schema.test_runs.options is 'The settings that shaped it';
comment on column prod_test_schema.test_runs.out_of_time is 'The time given to the whole run was used up';
comment on column prod_test_schema.test_runs.run_lock is 'The advisory lock that the run holds while it lives; a running run whose lock is free is dead';
comment on column prod_test_schema.test_runs.status is 'running; finished: it came to its end, whatever the result; interrupted: its process vanished';
comment on column prod_test_schema.test_runs.warnings is 'What the user was warned of, about the run as a whole';
comment on column prod_test_schema.test_touches.known is 'measured: the server counted it; inferred: it follows from that and the text; named: the text has the name';
comment on column prod_test_schema.test_touches.object is 'schema.table, schema.function(types), schema.table.policy or schema.table.trigger';
comment on function performance_monitoring.detect_performance_regression() is 'What takes more than 10 % longer than its baseline, by what was measured since; pgassay perf check judges better';
comment on function prod_test_schema.create_production_incident(text,text,text,text,text) is 'Opens an incident and gives its id; a CRITICAL one is assigned to the on-call and investigated at once';
comment on function prod_test_schema.establish_production_baselines() is 'Makes the medians of the last 24 hours of test_performance_metrics the baseline of each category';
comment on function prod_test_schema.forget_test_results() is 'Deletes the test lines of a deleted file result';
comment on function prod_test_schema.measure_recovery_time() is 'Seconds that a recovery takes (RTO) and that would be lost (RPO): MEASURED by the last drill, or ESTIMATED';
comment on function prod_test_schema.register_test_entity(text,text,bigint,text,name) is 'The same, for a key that is a number';
comment on function prod_test_schema.register_test_entity(text,text,text,text,name) is 'Notes that a test commits a row, so that it is removed again';
comment on function prod_test_schema.register_test_entity(text,text,uuid,text,name) is 'The same, for a key that is a uuid';
comment on schema performance_monitoring is 'Measurements, baselines and alerts of pgassay';
comment on schema prod_test_schema is 'Execution log, incidents and settings of pgassay';
comment on table performance_monitoring.database_sizes is 'How large a database was; at most one row an hour';
comment on table performance_monitoring.performance_alerts is 'Measurements that somebody should look at';
comment on table performance_monitoring.performance_baselines is 'What is normal for a category; one of its rows is active';
comment on table performance_monitoring.performance_runs is 'Each time that a workload was measured, and the verdict';
comment on table performance_monitoring.test_performance_metrics is 'One measurement of one test';
comment on table prod_test_schema.access_runs is 'Access checks: who gets at which rows of which relation, found out by trying';
comment on table prod_test_schema.backups is 'Backups that pgassay made, and how far each was proven';
comment on table prod_test_schema.catalog_objects is 'The objects of a snapshot';
comment on table prod_test_schema.catalog_snapshots is 'The objects of a database at one moment; two that are the same are one row';
comment on table prod_test_schema.catalog_states is 'The catalogs before and after migrations, so that what was changed since can be named';
comment on table prod_test_schema.check_results is 'What each check of a run found';
comment on table prod_test_schema.check_runs is 'Runs of checks: preflight, security, health, the areas of migrations, or checks by name';
comment on table prod_test_schema.incident_events is 'Every change of an incident''s status, and who made it';
comment on table prod_test_schema.incident_links is 'The runs, alerts, migrations, rollbacks, drills and backups of incidents';
comment on table prod_test_schema.migration_runs is 'Rehearsals, applications, adoptions and rollbacks of migrations; the history of what is applied is in the target';
comment on table prod_test_schema.migration_steps is 'One row for each step of an operation with a migration';
comment on table prod_test_schema.notification_outbox is 'Notices to people, and whether each receiver got them';
comment on table prod_test_schema.prod_test_data_registry is 'Rows that a test created in tables of the application, and whether they were removed';
comment on table prod_test_schema.prod_test_execution_log is 'One row for each category of each run';
comment on table prod_test_schema.production_incidents is 'What went wrong in production, and how it ended';
comment on table prod_test_schema.recovery_drills is 'Rehearsals of the worst case, and what they proved';
comment on table prod_test_schema.rollback_events is 'Rollbacks that were carried out';
comment on table prod_test_schema.rollback_steps is 'One row for each step of a rollback';
comment on table prod_test_schema.run_catalogs is 'What the database was like when a run began';
comment on table prod_test_schema.run_evidence is 'The evidence of a run that is safe on production, as a chain: each document names the hash before it';
comment on table prod_test_schema.schema_migrations is 'The migrations of this schema that were applied';
comment on table prod_test_schema.settings is 'The configuration of pgassay as far as the functions of this schema need it';
comment on table prod_test_schema.test_file_results is 'One row for each attempt at each test file';
comment on table prod_test_schema.test_results is 'One row for each test line of each attempt at a file';
comment on table prod_test_schema.test_runs is 'One run of pgassay test, over all of its categories';
comment on table prod_test_schema.test_touches is 'What each attempt at a test file touched in the database';
comment on view performance_monitoring.production_performance_baselines is 'What is normal now, one row a statement';
