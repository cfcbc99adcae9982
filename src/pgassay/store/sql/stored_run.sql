-- A run, without its files' results.
select
    name,
    started_at,
    environment::text,
    options::text,
    files::text,
    warnings::text,
    finished_at,
    elapsed_s,
    interrupted,
    out_of_time,
    bail_out,
    status
from prod_test_schema.test_runs
where id = :'id'::uuid
