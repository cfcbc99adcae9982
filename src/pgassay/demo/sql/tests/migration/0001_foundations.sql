-- Migration 0001: the schemas, the enums, the domains and the function that stamps a changed row; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 300s

begin;
select plan(7);

\set migration 0001_foundations
\set number 1
\ir ../_support/there_and_back.sql

select set_eq(
    $$
        select kind, name
        from pg_temp.changed('without', 'with')
        where kind not in ('column', 'constraint')
    $$,
    $$values
        ('schema', 'crm'),
        ('schema', 'private'),
        ('type', 'crm.contact_status'),
        ('type', 'crm.currency_code'),
        ('type', 'crm.email_address'),
        ('type', 'crm.hex_color'),
        ('type', 'crm.interaction_kind'),
        ('type', 'crm.member_role'),
        ('type', 'crm.opportunity_stage'),
        ('type', 'crm.percentage'),
        ('type', 'crm.phone_number'),
        ('type', 'crm.sku'),
        ('type', 'crm.slug'),
        ('type', 'crm.tenant_plan'),
        ('type', 'crm.web_domain'),
        ('routine', 'private.touch_updated_at()')
    $$,
    'it makes exactly this'
);

select * from finish();
rollback;
