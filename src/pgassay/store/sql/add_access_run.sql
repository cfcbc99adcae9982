-- An access check as a whole. Said again after a lost connection, it changes nothing.
insert into prod_test_schema.access_runs (
    id, started_at, duration, target, database, server_version, ground, verdict, baseline, relations,
    identities, verified, not_verified, opened, differences, matrix
)
values (
    :'id'::uuid,
    :'started_at'::timestamptz,
    pg_catalog.make_interval(secs => :'elapsed_s'::double precision),
    :'target',
    :'database',
    :'server_version',
    :'ground',
    :'verdict',
    :'baseline',
    :'relations'::integer,
    :'identities'::text[],
    :'verified'::integer,
    :'not_verified'::integer,
    :'opened'::integer,
    :'differences'::jsonb,
    :'matrix'::jsonb
)
on conflict (id) do nothing
