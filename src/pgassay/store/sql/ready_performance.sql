-- The latest check of performance, the latest measurement where nothing was ever judged.
select id::text, started_at, red, noisy, judged, not_judged
from performance_monitoring.performance_runs
where :'target'::text is null or target = :'target'::text
order by judgements = '[]'::jsonb, started_at desc, id
limit 1
