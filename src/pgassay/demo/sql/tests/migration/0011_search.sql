-- Migration 0011: full-text search, by columns added to three tables; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 300s

begin;
select plan(11);

\ir ../_support/world.sql

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

select set_eq(
    $$select name from pg_temp.changed('without', 'with') where kind = 'column'$$,
    $$values ('crm.contacts.search'), ('crm.organizations.search'), ('crm.interactions.search')$$,
    'it adds a column to each of three tables'
);

-- Rows that were there before are found, too.
select is_empty(
    $$
        select id from crm.contacts
        where tenant_id = pg_temp.id('north') and not search @@ to_tsquery('simple', 'testperson')
    $$,
    'contacts that were there are found by their names'
);
select is_empty(
    $$
        select id from crm.organizations
        where id = pg_temp.id('globex') and not search @@ to_tsquery('simple', 'globex')
    $$,
    'organizations that were there are found by their names'
);
select is_empty(
    $$
        select id from crm.interactions
        where id = pg_temp.id('call') and not search @@ to_tsquery('simple', 'first')
    $$,
    'interactions that were there are found by their subjects'
);

select * from finish();
rollback;
