-- title:    Open and won money by organization
-- category: organization_queries
-- metric:   opportunity_summary
-- sla_ms:   350
--
-- The report of the sales meeting.

select
    o.id,
    o.name,
    count(*) filter (where p.closed_at is null) as open_opportunities,
    sum(p.amount * p.probability / 100.0) filter (where p.closed_at is null) as weighted_amount,
    sum(p.amount) filter (where p.stage = 'won') as won_amount
from crm.opportunities as p
join crm.organizations as o on o.tenant_id = p.tenant_id and o.id = p.organization_id
where p.tenant_id = md5('tenant 1/0')::uuid
    and p.deleted_at is null
group by
    o.id,
    o.name
order by
    weighted_amount desc nulls last,
    o.id
limit 20;
