drop table crm.opportunity_products;
drop function private.sum_lines();
drop function private.price_line();
