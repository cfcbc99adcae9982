-- Migration 0011: full-text search, by columns added to three tables; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 60s

begin;
select plan(7);

\set migration 0011_search
\set number 11
\ir ../_support/there_and_back.sql

select set_eq(
    $$
        select kind, name
        from pg_temp.changed('without', 'with')
        where kind not in ('column', 'constraint')
    $$,
    $$values
        ('index', 'crm.contacts_search_idx'),
        ('index', 'crm.interactions_search_idx'),
        ('index', 'crm.organizations_search_idx'),
        ('routine', 'crm.search(text,integer)')
    $$,
    'it makes exactly this'
);

select * from finish();
rollback;
