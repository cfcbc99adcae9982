-- title:    One contact by its id
-- category: contact_queries
-- metric:   single_lookup
-- sla_ms:   45
-- Opening a contact: the row and the name of its organization.

select c.*, o.name as organization
from crm.contacts as c
left join crm.organizations as o on o.tenant_id = c.tenant_id and o.id = c.organization_id
where c.id = (select md5('contact 1/' || :n)::uuid);
