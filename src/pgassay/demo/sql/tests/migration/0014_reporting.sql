-- Migration 0014: the reporting views; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 300s

begin;
select plan(8);

\ir ../_support/world.sql

\set migration 0014_reporting
\set number 14
\ir ../_support/there_and_back.sql

select set_eq(
    $$
        select kind, name
        from pg_temp.changed('without', 'with')
        where kind not in ('column', 'constraint')
    $$,
    $$values
        ('relation', 'crm.contact_overview'),
        ('relation', 'crm.organization_summary'),
        ('relation', 'crm.pipeline'),
        ('view', 'crm.contact_overview'),
        ('view', 'crm.organization_summary'),
        ('view', 'crm.pipeline')
    $$,
    'it makes exactly this'
);

select is(
    pg_temp.attempt('max', $$select from crm.organization_summary where tenant_id = pg_temp.id('north')$$),
    '2 rows',
    'organizations that were there are summed up'
);

select * from finish();
rollback;
