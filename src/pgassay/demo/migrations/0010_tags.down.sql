drop table crm.organization_tags;
drop table crm.contact_tags;
drop table crm.tags;
