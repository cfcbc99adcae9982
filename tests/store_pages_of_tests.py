"""The tables that tests, checks and measurements are recorded in."""

from store_page import MEASURES, MEMORY, Page, columns

_OF_RUN = "(select name from test_runs where id = r.run_id)"
_FILE = "(select path from test_file_results as f where f.run_id = r.run_id and f.position = r.file_position)"
_OF_CHECKS = "(select array_to_string(areas, ' and ') from check_runs where id = r.run_id)"
_SHA256 = "encode(sha256(convert_to({}, 'UTF8')), 'hex')"

TESTS = {
    f"{MEMORY}.test_runs": Page(
        says="format('%s, %s, %s files', name, status, jsonb_array_length(files))",
        rules=(
            "status = 'finished' and not interrupted and not out_of_time",
            "warnings = '[]'",
            # By two clocks that are read in turn.
            "abs(extract(epoch from finished_at - started_at) - elapsed_s) < 60",
            "(environment ->> 'production')::boolean",
            "environment ->> 'server_version' = current_setting('server_version')",
            "options ->> 'safety' = 'rollback'",
            "jsonb_array_length(files) = (select count(*) from test_file_results where run_id = r.id)",
        ),
        unknown=columns("bail_out"),
    ),
    f"{MEMORY}.prod_test_execution_log": Page(
        says="format('%s: %s %s, %s passed, %s failed',"
        " test_suite, test_category, status, tests_passed, tests_failed)",
        rules=(
            "end_time - start_time = duration and duration > '0'",
            "tests_planned = tests_passed + tests_failed",
            "success_rate = round(100.0 * tests_passed / (tests_passed + tests_failed), 2)",
            "(performance_metrics ->> 'wall_s')::numeric = extract(epoch from duration)",
            "performance_metrics ->> 'status' = status",
            "environment_info = (select environment from test_runs where id = r.run_id)",
            "test_suite = (select name from test_runs where id = r.run_id)",
            "(tests_passed, tests_failed) = (select sum(f.tests_passed), sum(f.tests_failed)"
            " from test_file_results as f where f.run_id = r.run_id and f.category = test_category)",
        ),
    ),
    f"{MEMORY}.test_file_results": Page(
        says=f"format('%s: %s %s by %s', {_OF_RUN}, path, outcome, engine)",
        rules=(
            "final and attempt = 1 and elapsed_s > 0",
            "(outcome, tests_failed > 0, red) in (('passed', false, false), ('failed', true, true))",
            "tests_planned = tests_passed + tests_failed",
            "(problems = '[]') = (outcome = 'passed')",
            "(tests_passed, tests_failed) ="
            " (select count(*) filter (where t.ok), count(*) filter (where not t.ok)"
            " from test_results as t where t.run_id = r.run_id and t.file_position = r.position)",
            "queries > 0 and slow_queries between 0 and queries",
            "started_at between (select started_at from test_runs where id = run_id)"
            " and (select finished_at from test_runs where id = run_id)",
            "(memory_mb > 0) is not false and (cpu_ms >= 0) is not false",
            "(cpu_percent is null) = (cpu_ms is null)",
        ),
        unknown=columns("isolation timeout_s expected_s memory_mb cpu_percent cpu_ms"),
    ),
    f"{MEMORY}.test_results": Page(
        says=f"format('%s: %s, %s', {_FILE}, description, case when ok then 'ok' else 'not ok' end)",
        rules=(
            "passed = ok and not unplanned and directive = ''",
            "elapsed_ms >= 0",
            f"place_path = {_FILE} and place_line > 0",
            "(diagnostics = '{}') = ok",
            "number = position",
        ),
    ),
    f"{MEMORY}.test_touches": Page(
        says=f"format('%s: %s %s, %s', {_FILE}, kind, object, known)",
        rules=(
            "exists (select from run_catalogs as c join catalog_objects as o using (snapshot_id)"
            " where c.run_id = r.run_id and (o.kind, o.name) = (r.kind, r.object))",
        ),
    ),
    f"{MEMORY}.run_catalogs": Page(
        says=f"{_OF_RUN} || ' noted the catalog'",
        rules=("exists (select from catalog_snapshots where id = snapshot_id)",),
    ),
    f"{MEMORY}.catalog_snapshots": Page(
        says="(select string_agg(kind || ' ' || name, ', ' order by kind, name) from catalog_objects"
        " where snapshot_id = r.id)",
        rules=("exists (select from run_catalogs where snapshot_id = r.id)",),
    ),
    f"{MEMORY}.catalog_objects": Page(
        says="kind || ' ' || name",
        rules=("digest ~ '^[0-9a-f]{64}$'", "exists (select from catalog_snapshots where id = snapshot_id)"),
    ),
    f"{MEMORY}.run_evidence": Page(
        says=f"format('%s %s: %s', {_OF_RUN}, number, coalesce({_FILE}, 'the whole run'))",
        rules=(
            f"sha256 = {_SHA256.format('document')}",
            "document::jsonb ->> 'run' = run_id::text and (document::jsonb ->> 'number')::int = number",
            "number = 1 or document::jsonb ->> 'previous'"
            " = (select sha256 from run_evidence as e where e.run_id = r.run_id and e.number = r.number - 1)",
            "not exists (select from jsonb_array_elements(document::jsonb -> 'claims') as claim"
            " where claim ->> 'standing' <> 'verified')",
        ),
        unknown=columns("file_position"),
    ),
    f"{MEMORY}.prod_test_data_registry": Page(
        says="format('%s: %s, %s', test_name, entity_type, "
        " case when cleaned_up_at is null then 'there' else 'gone' end)",
        unknown=columns("test_execution_id entity_id entity_key key_column run_id cleaned_up_at"),
    ),
}
CHECKS = {
    f"{MEMORY}.check_runs": Page(
        says="format('%s, exit %s', array_to_string(areas, ' and '), exit_code)",
        rules=(
            "duration > '0' and checks > 0",
            "checks = (select count(*) from check_results where run_id = r.id)",
            "(passed, info, warnings, not_verified, failed) = (select"
            " count(*) filter (where level = 'passed'), count(*) filter (where level = 'info'),"
            " count(*) filter (where level = 'warning'), count(*) filter (where level = 'not verified'),"
            " count(*) filter (where level = 'failed') from check_results as c where c.run_id = r.id)",
            "(broken, waived, exit_code) = (0, 0, (failed > 0)::integer) and not strict",
            "verdict = any (case when failed > 0 then '{UNHEALTHY,FAILED}'"
            " when areas = '{health}' then '{HEALTHY,DEGRADED}'"
            " else '{PASSED,WARNING,NOT VERIFIED}'::text[] end)",
            "database = current_database()",
        ),
        unknown=columns("unreachable"),
    ),
    # Which checks there are is no matter of the story: tests/catalogue has each of them.
    f"{MEMORY}.check_results": Page(
        says=_OF_CHECKS,
        counted=False,
        rules=(
            "not broken and (level = 'passed' or findings <> '[]')",
            "elapsed_ms >= 0 and title <> '' and waived = '[]'",
            "areas && (select areas from check_runs where id = r.run_id)",
        ),
    ),
    f"{MEMORY}.access_runs": Page(
        says="format('%s %s, %s', ground, verdict, array_to_string(identities, ' '))",
        rules=(
            "duration > '0' and relations = 1 and opened = 0 and baseline = 'access.toml'",
            "case ground when 'copy' then not_verified = 0 else differences = '[]' end",
            "database = current_database()",
        ),
        unknown=columns("differences"),
    ),
    f"{MEASURES}.test_performance_metrics": Page(
        says="format('%s: %s %s', test_category,"
        " case when sample_count is null then 'one run of' else 'the median of' end, test_name)",
        rules=(
            "execution_time_ms > 0 and query_count > 0 and environment = 'production'",
            "memory_usage_mb is null or memory_usage_mb > 0",
            "cpu_usage_percent is null or cpu_usage_percent >= 0",
            "sample_count > 0 or exists (select from test_file_results as f"
            " where f.run_id = r.run_id and f.path = test_name"
            " and f.memory_mb is not distinct from memory_usage_mb"
            " and f.cpu_percent is not distinct from cpu_usage_percent)",
            "case when sample_count is null"
            " then slow_query_count = (select slow_queries from test_file_results as f"
            " where f.run_id = r.run_id and f.path = test_name)"
            " else exists (select from performance_runs where id = run_id) and sample_count = 5 end",
        ),
        unknown=columns("memory_usage_mb cpu_usage_percent sample_count slow_query_count"),
    ),
    f"{MEASURES}.database_sizes": Page(
        says="'its size'",
        told=False,
        rules=(
            "size_bytes > 1000000 and database like '%/' || current_database()",
            "hour = date_trunc('hour', recorded_at, 'UTC')",
        ),
        elsewhen=columns("hour"),
    ),
    f"{MEASURES}.performance_baselines": Page(
        says="format('%s: %s%s', test_category, reason, case when not is_active then ', retired' end)",
        rules=(
            "baseline_metrics ->> 'category' = test_category and updated_at >= established_at",
            "is_active = (established_at = (select max(established_at) from performance_baselines as b"
            " where b.test_category = r.test_category))",
            "not exists (select from jsonb_array_elements(baseline_metrics -> 'queries') as q where"
            " ((q ->> 'median_ms')::float <= (q ->> 'p95_ms')::float and q ->> 'name' <> '') is not true)",
            # One that was made in psql has measured nothing itself.
            "reason = 'establish_production_baselines()'"
            " or exists (select from performance_runs where started_at = established_at and red is null)"
            " and not exists (select from jsonb_array_elements(baseline_metrics -> 'queries') as q"
            " where (q ->> 'samples')::int <> 5 or q #>> '{plan,digest}' is null or q ->> 'sla_ms' is null)",
            # Here the store is in the target, and has only its own.
            "target is null",
        ),
        unknown=columns("target"),
    ),
    f"{MEASURES}.performance_runs": Page(
        says="case when red is null then 'measured' when red then 'red' else 'good' end",
        rules=(
            "judged + not_judged = jsonb_array_length(judgements)",
            "(judged = 0) = (red is null) and not noisy",
            "coalesce(red, false) = exists (select from jsonb_array_elements(judgements) as j"
            " where j ->> 'grade' in ('WARNING', 'CRITICAL'))",
            "exists (select from test_performance_metrics where run_id = r.id)",
        ),
        unknown=columns("red"),
    ),
}
"""What looking and measuring leaves."""
