-- Migration 0009: interactions, and on the contact when the last one was; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 60s

begin;
select plan(7);

\set migration 0009_interactions
\set number 9
\ir ../_support/there_and_back.sql

select set_eq(
    $$
        select kind, name
        from pg_temp.changed('without', 'with')
        where kind not in ('column', 'constraint')
    $$,
    $$values
        ('relation', 'crm.interactions'),
        ('index', 'crm.interactions_contact_idx'),
        ('index', 'crm.interactions_opportunity_idx'),
        ('index', 'crm.interactions_owner_idx'),
        ('index', 'crm.interactions_pkey'),
        ('routine', 'private.note_contacted()'),
        ('trigger', 'crm.interactions.interactions_note_contacted'),
        ('policy', 'crm.interactions.interactions_delete_author'),
        ('policy', 'crm.interactions.interactions_insert_author'),
        ('policy', 'crm.interactions.interactions_select_author'),
        ('policy', 'crm.interactions.interactions_select_visible'),
        ('policy', 'crm.interactions.interactions_tenant_wall'),
        ('policy', 'crm.interactions.interactions_update_author')
    $$,
    'it makes exactly this'
);

select * from finish();
rollback;
