drop function crm.organization_tree(uuid);
drop table crm.organizations;
drop function private.guard_hierarchy();
