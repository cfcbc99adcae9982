-- What the latest run that asked all of an area found in that area.
select
    run.id::text,
    run.started_at,
    pg_catalog.count(*) filter (where result.level = 'failed' and not result.broken)::integer,
    pg_catalog.count(*) filter (where result.level = 'not verified')::integer,
    pg_catalog.count(*) filter (where result.level = 'warning')::integer,
    pg_catalog.count(*) filter (where result.broken)::integer,
    pg_catalog.count(result.check_name)::integer,
    coalesce(run.unreachable, '')
from (
    select id, started_at, unreachable
    from prod_test_schema.check_runs
    where :'area'::text = any(areas)
        and (:'target'::text is null or target = :'target'::text)
    order by started_at desc, id
    limit 1
) as run
left join prod_test_schema.check_results as result on result.run_id = run.id and :'area'::text = any(result.areas)
group by run.id, run.started_at, run.unreachable
