-- The ended attempts at files.
copy prod_test_schema.test_file_results (
    run_id, position, path, category, outcome, final, attempt, taken_up_at, started_at, elapsed_s, worker,
    engine, tests_planned, tests_passed, tests_failed, skip_reason, problems, warnings, notices, output,
    critical, timeout_s, isolation, tags, expected_s, queries, slow_queries, touched_text, calls_counted,
    memory_mb, cpu_percent, cpu_ms
) from stdin
