drop policy memberships_delete_self on crm.memberships;
drop policy memberships_delete_admin on crm.memberships;
drop policy memberships_update_admin on crm.memberships;
drop policy memberships_insert_admin on crm.memberships;
drop policy memberships_select_colleague on crm.memberships;
drop policy memberships_select_self on crm.memberships;
drop policy tenants_update_admin on crm.tenants;
drop policy tenants_select_member on crm.tenants;

drop trigger memberships_guard_last_admin on crm.memberships;
drop trigger memberships_guard_seats on crm.memberships;

drop function private.guard_last_admin();
drop function private.guard_seats();
drop function private.tenants_as(crm.member_role);

drop table crm.memberships;
drop table crm.tenants;
