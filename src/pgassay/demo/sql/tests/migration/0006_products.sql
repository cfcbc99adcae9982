-- Migration 0006: products and the open catalogue; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 300s

begin;
select plan(7);

\set migration 0006_products
\set number 6
\ir ../_support/there_and_back.sql

select set_eq(
    $$
        select kind, name
        from pg_temp.changed('without', 'with')
        where kind not in ('column', 'constraint')
    $$,
    $$values
        ('relation', 'crm.products'),
        ('index', 'crm.products_pkey'),
        ('index', 'crm.products_sku_key'),
        ('index', 'crm.products_tenant_id_key'),
        ('routine', 'private.public_catalogs()'),
        ('trigger', 'crm.products.products_touch'),
        ('policy', 'crm.products.products_select_member'),
        ('policy', 'crm.products.products_select_public'),
        ('policy', 'crm.products.products_write_manager')
    $$,
    'it makes exactly this'
);

select * from finish();
rollback;
