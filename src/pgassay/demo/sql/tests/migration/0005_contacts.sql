-- Migration 0005: contacts; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 300s

begin;
select plan(7);

\set migration 0005_contacts
\set number 5
\ir ../_support/there_and_back.sql

select set_eq(
    $$
        select kind, name
        from pg_temp.changed('without', 'with')
        where kind not in ('column', 'constraint')
    $$,
    $$values
        ('relation', 'crm.contacts'),
        ('index', 'crm.contacts_email_idx'),
        ('index', 'crm.contacts_merged_into_idx'),
        ('index', 'crm.contacts_organization_idx'),
        ('index', 'crm.contacts_owner_idx'),
        ('index', 'crm.contacts_page_idx'),
        ('index', 'crm.contacts_pkey'),
        ('index', 'crm.contacts_team_idx'),
        ('index', 'crm.contacts_tenant_id_key'),
        ('trigger', 'crm.contacts.contacts_touch'),
        ('policy', 'crm.contacts.contacts_delete_admin'),
        ('policy', 'crm.contacts.contacts_insert_rep'),
        ('policy', 'crm.contacts.contacts_select_manager'),
        ('policy', 'crm.contacts.contacts_select_owner'),
        ('policy', 'crm.contacts.contacts_select_team'),
        ('policy', 'crm.contacts.contacts_tenant_wall'),
        ('policy', 'crm.contacts.contacts_update_manager'),
        ('policy', 'crm.contacts.contacts_update_owner'),
        ('policy', 'crm.contacts.contacts_update_team')
    $$,
    'it makes exactly this'
);

select * from finish();
rollback;
