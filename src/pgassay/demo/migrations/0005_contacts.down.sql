drop table crm.contacts;
