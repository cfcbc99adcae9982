-- title:    Contacts by status and source
-- category: contact_queries
-- metric:   aggregation
-- sla_ms:   450
--
-- The chart on the start page: all contacts of a tenant, added up.

select
    status,
    source,
    count(*) as contacts,
    count(*) filter (where last_contacted_at >= '2025-10-01') as contacted_lately
from crm.contacts
where tenant_id = md5('tenant 1/0')::uuid
    and deleted_at is null
group by
    status,
    source
order by
    status,
    source;
