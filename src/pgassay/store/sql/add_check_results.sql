-- The checks of a run, as JSON text with one object a check.
insert into prod_test_schema.check_results (
    run_id, check_name, title, areas, level, broken, elapsed_ms, findings, waived
)
select
    :'run'::uuid,
    result.check_name,
    result.title,
    result.areas,
    result.level,
    result.broken,
    result.elapsed_ms,
    result.findings,
    result.waived
from pg_catalog.jsonb_to_recordset(:'results'::jsonb) as result (
    check_name text,
    title text,
    areas text[],
    level text,
    broken boolean,
    elapsed_ms double precision,
    findings jsonb,
    waived jsonb
)
on conflict (run_id, check_name) do nothing
