-- What runs that are safe on production left behind, and the outcome of a file that needs another tier of safety.

alter table prod_test_schema.test_file_results drop constraint test_file_results_outcome_check;
alter table prod_test_schema.test_file_results add constraint test_file_results_outcome_check check (
    outcome in ('passed', 'skipped', 'flaky', 'needs rollback tier', 'failed', 'timed out', 'not run')
);

create table prod_test_schema.run_evidence (
    run_id uuid not null references prod_test_schema.test_runs (id) on delete cascade,
    number integer not null check (number > 0),
    file_position integer check (file_position > 0),
    document text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    recorded_at timestamptz not null default pg_catalog.now(),
    primary key (run_id, number)
);

comment on table prod_test_schema.run_evidence is
    'The evidence of a run that is safe on production, as a chain: each document names the hash before it';
comment on column prod_test_schema.run_evidence.file_position is
    'The attempt that it is about, as in test_file_results.position; null for the end of the chain';
comment on column prod_test_schema.run_evidence.document is
    'Canonical JSON, to the byte; cast it to jsonb to query it';
comment on column prod_test_schema.run_evidence.sha256 is 'The SHA-256 of the document';
