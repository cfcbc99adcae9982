drop trigger opportunities_audit on crm.opportunities;
drop trigger products_audit on crm.products;
drop trigger contacts_audit on crm.contacts;
drop trigger organizations_audit on crm.organizations;
drop trigger memberships_audit on crm.memberships;

drop function private.audit();
drop table crm.audit_log;
