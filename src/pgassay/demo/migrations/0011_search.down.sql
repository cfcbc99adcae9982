drop function crm.search(text, integer);

alter table crm.interactions drop column search;
alter table crm.organizations drop column search;
alter table crm.contacts drop column search;
