-- title:    Contacts of each organization
-- category: organization_queries
-- metric:   contact_count
-- sla_ms:   200
--
-- The organizations with the most people: counted first, named afterwards.

with most as (
    select
        tenant_id,
        organization_id,
        count(*) as contacts
    from crm.contacts
    where tenant_id = md5('tenant 1/0')::uuid
        and organization_id is not null
        and deleted_at is null
    group by
        tenant_id,
        organization_id
    order by
        contacts desc,
        organization_id
    limit 20
)
select
    o.id,
    o.name,
    most.contacts
from most
join crm.organizations as o on o.tenant_id = most.tenant_id and o.id = most.organization_id
order by
    most.contacts desc,
    o.id;
