drop table crm.interactions;
drop function private.note_contacted();

alter table crm.contacts drop column last_contacted_at;
