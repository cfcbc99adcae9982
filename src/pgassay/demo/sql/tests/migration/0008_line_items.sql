-- Migration 0008: the lines of an opportunity, which make up its amount; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 60s

begin;
select plan(7);

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

select * from finish();
rollback;
