drop table crm.products;
drop function private.public_catalogs();
