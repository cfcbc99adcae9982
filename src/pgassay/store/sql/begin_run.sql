-- A run begins. Said again after a lost connection, it changes nothing.
insert into prod_test_schema.test_runs (id, name, started_at, environment, options, files, run_lock)
values (
    :'id'::uuid,
    :'name',
    :'started_at'::timestamptz,
    :'environment'::jsonb,
    :'options'::jsonb,
    :'files'::jsonb,
    :'run_lock'::bigint
)
on conflict (id) do nothing
