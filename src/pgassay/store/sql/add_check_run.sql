-- A run of checks as a whole. Said again after a lost connection, it changes nothing.
insert into prod_test_schema.check_runs (
    id, started_at, duration, target, database, server_version, areas, strict, verdict, exit_code, unreachable,
    checks, passed, info, warnings, not_verified, failed, broken, waived
)
values (
    :'id'::uuid,
    :'started_at'::timestamptz,
    pg_catalog.make_interval(secs => :'elapsed_s'::double precision),
    :'target',
    :'database',
    :'server_version',
    :'areas'::text[],
    :'strict'::boolean,
    :'verdict',
    :'exit_code'::integer,
    :'unreachable',
    :'checks'::integer,
    :'passed'::integer,
    :'info'::integer,
    :'warnings'::integer,
    :'not_verified'::integer,
    :'failed'::integer,
    :'broken'::integer,
    :'waived'::integer
)
on conflict (id) do nothing
