-- One attempt at a file.
select
    path, category, outcome, final, attempt, taken_up_at, started_at, elapsed_s, worker, engine,
    tests_planned, skip_reason, problems::text, warnings::text, notices, output, critical, timeout_s,
    isolation, tags, expected_s, queries, slow_queries, memory_mb, cpu_percent, cpu_ms, touched_text, calls_counted
from prod_test_schema.test_file_results
where run_id = :'run_id'::uuid
    and position = :'position'::integer
