-- Remember that a workload was measured, and how it was judged.
insert into performance_monitoring.performance_runs
    (id, started_at, target, server, noisy, red, judged, not_judged, judgements)
values (
    :'id'::uuid, :'at'::timestamptz, :'target'::text, :'server'::text, :'noisy'::boolean, :'red'::boolean,
    :'judged'::integer, :'not_judged'::integer, :'judgements'::jsonb
)
