-- title:    One contact by its address
-- category: contact_queries
-- metric:   single_lookup
-- sla_ms:   45
--
-- What the mail plug-in asks for every message: who is this, and where does it work?

select
    c.id,
    c.first_name,
    c.last_name,
    c.status,
    c.last_contacted_at,
    o.name as organization
from crm.contacts as c
left join crm.organizations as o on o.tenant_id = c.tenant_id and o.id = c.organization_id
where c.tenant_id = md5('tenant 1/0')::uuid
    and lower(c.email) = 'katja.berg.7@tenant-1.example'
    and c.deleted_at is null;
