-- Their test lines.
copy prod_test_schema.test_results (
    run_id, file_position, position, number, ok, description, directive, reason, unplanned, elapsed_ms,
    diagnostics, nested, place_path, place_line
) from stdin
