-- The latest recovery drill that came to its end.
select id::text, started_at, status, rto_s, rpo_s
from prod_test_schema.recovery_drills
where status <> 'running'
    and (:'target'::text is null or target = :'target'::text)
order by started_at desc, id
limit 1
