"""The tables of migrations, recovery, incidents and notices, and of the store itself."""

from store_page import MEASURES, MEMORY, Page, columns

_MIGRATION = "(select operation || ' ' || version from migration_runs where id = r.run_id)"
_INCIDENT = "(select title from production_incidents where id = r.incident_id)"

OPERATIONS = {
    f"{MEMORY}.migration_runs": Page(
        says="format('%s %s: %s at %s%s', operation, migration_id, status, step,"
        " nullif(', ' || place, ', '))",
        rules=(
            "finished_at >= started_at and migration_id like version || '_' || name || '_%'",
            "up_sha256 like split_part(migration_id, '_', 3) || '%' and down_sha256 <> up_sha256",
            "status = 'succeeded' or sentence <> ''",
            "parts_committed = 1",
            "database like '%/' || current_database()",
            "exists (select from catalog_states where sha256 = fingerprint_before)",
            "(status, operation) = ('red', 'rehearse') or changes <> '[]'"
            " and exists (select from catalog_states where sha256 = fingerprint_after)",
            "exists (select from migration_steps as s where s.run_id = r.id and s.step = r.step)",
        ),
    ),
    f"{MEMORY}.migration_steps": Page(
        says=f"format('%s, %s %s: %s', {_MIGRATION}, position, step, status)",
        rules=(
            "finished_at >= started_at and status <> 'running' and sentence <> ''",
            "started_at >= (select started_at from migration_runs where id = run_id)",
            "finished_at <= (select finished_at from migration_runs where id = run_id)",
        ),
    ),
    f"{MEMORY}.catalog_states": Page(
        says="case when entries::text like '%shop.orders%' then 'with orders' else 'without orders' end",
        rules=("jsonb_array_length(entries) > 0",),
    ),
    f"{MEMORY}.backups": Page(
        says="format('%s: %s', kind, state)",
        rules=(
            "finished_at >= started_at and size_bytes > 1000000 and rows >= 60000 and tables >= 1",
            "tested_at > finished_at and sentence = ''",
            "database like '%/' || current_database()",
        ),
        unknown=columns("tested_at"),
    ),
    f"{MEMORY}.recovery_drills": Page(
        says="format('%s: %s on %s', kind, status, regexp_replace(place, '[0-9.]+$', 'N'))",
        rules=(
            "finished_at > started_at and rto_s > 0 and rpo_s >= 0",
            "rto_s <= extract(epoch from finished_at - started_at)",
            "jsonb_array_length(steps) > 10 and not exists (select from jsonb_array_elements(steps) as s"
            " where s ->> 'finding' <> 'holds' or s ->> 'sentence' = '')",
            "jsonb_array_length(phases) > 0",
            "exists (select from backups where id = backup_id and tested_at >= r.started_at)",
        ),
        unknown=columns("rto_objective_s rpo_objective_s"),
    ),
    f"{MEMORY}.rollback_events": Page(
        says="format('%s: %s at %s, %s', operation, status, step, rollback_reason)",
        rules=(
            "completed_at > executed_at and succeeded and outage_s between 0 and 60",
            "(select (location, state) from backups where id = backup_id) = (backup_used, 'tested'::text)",
            "case way when 'database'"
            " then exists (select from pg_database where datname = emergency_backup_location)"
            " else cardinality(schemas) > 0 and cardinality(schemas) ="
            " (select count(*) from pg_namespace"
            " where nspname = any (string_to_array(emergency_backup_location, ', '))) end",
            "exists (select from production_incidents where id = incident_id and rollback_performed)",
        ),
        unknown=columns("undoes"),
    ),
    f"{MEMORY}.rollback_steps": Page(
        says="format('%s %s: %s', position, step, status)",
        rules=(
            "finished_at >= started_at and sentence <> ''",
            "started_at >= (select executed_at from rollback_events where id = event_id)",
            "finished_at <= (select completed_at from rollback_events where id = event_id)",
        ),
    ),
}
ATTENTION = {
    f"{MEASURES}.performance_alerts": Page(
        says="format('%s %s %s: %s', severity, alert_type, test_name, case when resolved_at is null"
        " then alert_message else coalesce(resolution_notes, '') end)",
        rules=(
            "last_seen_at >= created_at and occurrences = 1",
            "num_nulls(resolved_at, resolved_by, resolution_notes) in (0, 3)",
            "num_nulls(threshold_value, actual_value) in (0, 2)",
            "(actual_value > threshold_value) is not false",
            "exists (select from incident_links where kind = 'alert' and reference = r.id::text)",
            "cause = subject || ':' || aspect",
            "coalesce(episode, id) in (select first.id from performance_alerts as first"
            " where first.subject = r.subject and first.episode is null)",
        ),
        unknown=columns(
            "acknowledged_at acknowledged_by resolved_at resolved_by resolution_notes"
            " threshold_value actual_value episode"
        ),
    ),
    f"{MEMORY}.production_incidents": Page(
        says="format('%s %s, %s, by %s: %s%s%s', severity, incident_type, status, detection_method, title,"
        " case when occurrences > 1 then format(', seen %s times', occurrences) end,"
        " case when rollback_performed then ', rolled back' end)",
        rules=(
            "(severity = 'CRITICAL') = (assigned_to is not null)",
            "num_nulls(resolved_at, resolution_notes)"
            " = case when status in ('RESOLVED', 'CLOSED') then 0 else 2 end",
            "(resolved_at >= last_seen_at) is not false",
            "last_seen_at >= detected_at and occurrences >= 1",
            "(detection_method = 'USER_REPORT') = (cause is null)",
            "cause is null or exists (select from incident_links where incident_id = r.id)",
            "cause is null or 'shop.orders' = any (affected_tables)",
            "status = (select status_after from incident_events where incident_id = r.id"
            " order by happened_at desc limit 1)",
        ),
        unknown=columns(
            "acknowledged_at resolved_at resolution_notes assigned_to performance_impact description cause"
            " affected_tables"
        ),
    ),
    f"{MEMORY}.incident_events": Page(
        says=f"format('%s: %s%s', {_INCIDENT}, status_before || ' to ', status_after)",
        rules=(
            "actor <> ''",
            "status_before is not distinct from (select e.status_after from incident_events as e"
            " where e.incident_id = r.incident_id and e.happened_at < r.happened_at"
            " order by e.happened_at desc limit 1)",
        ),
        unknown=columns("status_before"),
    ),
    f"{MEMORY}.incident_links": Page(
        says=f"format('%s: %s', {_INCIDENT}, kind)",
        rules=(
            "case kind"
            " when 'run' then exists (select from test_runs where id::text = reference)"
            " when 'alert' then exists (select from performance_alerts where id::text = reference)"
            " when 'migration' then exists (select from migration_runs where migration_id = reference)"
            " when 'rollback' then exists (select from rollback_events where id::text = reference)"
            " end",
        ),
    ),
    f"{MEMORY}.notification_outbox": Page(
        says="format('%s: %s: %s', channel, notice ->> 'urgency', notice ->> 'title')",
        rules=(
            "attempts = 1 and delivered_at >= created_at",
            "notice ->> 'key' = notice_key and receiver ~ '^[0-9a-f]{12}$'",
            "split_part(notice_key, ':', 2) in (select id::text from production_incidents"
            " union all select id::text from performance_alerts)",
        ),
        unknown=columns("claimed_until failed_at last_error retried_at retried_by replaced_at"),
        elsewhen=columns("next_attempt_at"),
    ),
    f"{MEMORY}.settings": Page(says="format('%s = %s', name, value)"),
    f"{MEMORY}.schema_migrations": Page(
        says="'the schema'",
        counted=False,
        rules=("version = (select count(*) from schema_migrations as s where s.version <= r.version)",),
    ),
}
"""What concerns people, and the store itself."""
