-- The run came to its end. A run that another one took for dead meanwhile is set right.
update prod_test_schema.test_runs
set
    status = 'finished',
    finished_at = :'finished_at'::timestamptz,
    elapsed_s = :'elapsed_s'::double precision,
    interrupted = :'interrupted'::boolean,
    out_of_time = :'out_of_time'::boolean,
    bail_out = :'bail_out'
where id = :'id'::uuid
