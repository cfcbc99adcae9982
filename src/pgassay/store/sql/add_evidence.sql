-- A piece of a run's evidence. Said again after a lost connection, it changes nothing.
insert into prod_test_schema.run_evidence (run_id, number, file_position, document, sha256)
values (
    :'run_id'::uuid,
    :'number'::integer,
    :'file_position'::integer,
    :'document',
    :'sha256'
)
on conflict (run_id, number) do nothing
