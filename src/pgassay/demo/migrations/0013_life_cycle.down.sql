drop procedure crm.purge_archived(uuid, timestamptz, integer);
drop function crm.merge_contacts(uuid, uuid);
drop function crm.find_duplicates(uuid);
drop function crm.archive_organization(uuid);
drop function crm.restore_contact(uuid);
drop function crm.archive_contact(uuid);
drop function private.may_edit(uuid, uuid);
