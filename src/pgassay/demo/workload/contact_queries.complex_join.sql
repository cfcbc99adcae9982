-- title:    The customers to call this week
-- category: contact_queries
-- metric:   complex_join
-- sla_ms:   180
--
-- The people behind open opportunities that close next, with what was last said to each.

select
    p.expected_close,
    p.amount,
    c.first_name,
    c.last_name,
    o.name as organization,
    said.kind,
    said.subject,
    said.occurred_at
from crm.opportunities as p
join crm.contacts as c on c.tenant_id = p.tenant_id and c.id = p.primary_contact_id
join crm.organizations as o on o.tenant_id = p.tenant_id and o.id = p.organization_id
left join lateral (
    select
        kind,
        subject,
        occurred_at
    from crm.interactions as i
    where i.tenant_id = c.tenant_id
        and i.contact_id = c.id
    order by i.occurred_at desc
    limit 1
) as said on true
where p.tenant_id = md5('tenant 1/0')::uuid
    and p.closed_at is null
    and p.deleted_at is null
    and p.expected_close >= '2025-01-01'
order by p.expected_close
limit 50;
