-- The latest drill that came to its end, or the latest proof of a point in time where that failed: one that only could
-- not be verified, as on every managed server, takes nothing away from a drill.
with latest as (
    select distinct on (drill.kind) drill.*
    from prod_test_schema.recovery_drills as drill
    where drill.status in ('passed', 'failed', 'not verified')
        and (:'target'::text is null or drill.target = :'target'::text)
    order by drill.kind, drill.started_at desc, drill.id
)
select id::text, started_at, kind, status, rto_s, rpo_s
from latest
where kind = 'restore' or status = 'failed'
order by status = 'failed' desc, kind desc
limit 1
