-- What attempts at files touched.
copy prod_test_schema.test_touches (run_id, file_position, kind, object, known) from stdin
