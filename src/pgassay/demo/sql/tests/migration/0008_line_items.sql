-- Migration 0008: the lines of an opportunity, which make up its amount; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 300s

begin;
select plan(9);

\ir ../_support/world.sql

\set migration 0008_line_items
\set number 8
\ir ../_support/there_and_back.sql

select set_eq(
    $$
        select kind, name
        from pg_temp.changed('without', 'with')
        where kind not in ('column', 'constraint')
    $$,
    $$values
        ('relation', 'crm.opportunity_products'),
        ('index', 'crm.opportunity_products_pkey'),
        ('index', 'crm.opportunity_products_product_idx'),
        ('routine', 'private.price_line()'),
        ('routine', 'private.sum_lines()'),
        ('trigger', 'crm.opportunity_products.opportunity_products_price'),
        ('trigger', 'crm.opportunity_products.opportunity_products_sum'),
        ('policy', 'crm.opportunity_products.opportunity_products_select_visible'),
        ('policy', 'crm.opportunity_products.opportunity_products_write_manager'),
        ('policy', 'crm.opportunity_products.opportunity_products_write_owner')
    $$,
    'it makes exactly this'
);

-- What the way back costs: lines are gone, and the amount keeps their sum until there are new ones.
select is((select amount from crm.opportunities where id = pg_temp.id('deal')), 20.00, 'an amount outlives its lines');
insert into crm.opportunity_products (tenant_id, opportunity_id, product_id, quantity)
values (pg_temp.id('north'), pg_temp.id('deal'), pg_temp.id('widget'), 5);
select is((select amount from crm.opportunities where id = pg_temp.id('deal')), 50.00, 'and is theirs again');

select * from finish();
rollback;
