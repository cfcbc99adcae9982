-- Migration 0012: the audit log and its triggers; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 60s

begin;
select plan(7);

\set migration 0012_audit
\set number 12
\ir ../_support/there_and_back.sql

select set_eq(
    $$
        select kind, name
        from pg_temp.changed('without', 'with')
        where kind not in ('column', 'constraint')
    $$,
    $$values
        ('relation', 'crm.audit_log'),
        ('relation', 'crm.audit_log_id_seq'),
        ('index', 'crm.audit_log_pkey'),
        ('index', 'crm.audit_log_row_idx'),
        ('index', 'crm.audit_log_time_idx'),
        ('routine', 'private.audit()'),
        ('trigger', 'crm.contacts.contacts_audit'),
        ('trigger', 'crm.memberships.memberships_audit'),
        ('trigger', 'crm.opportunities.opportunities_audit'),
        ('trigger', 'crm.organizations.organizations_audit'),
        ('trigger', 'crm.products.products_audit'),
        ('policy', 'crm.audit_log.audit_log_select_admin')
    $$,
    'it makes exactly this'
);

select * from finish();
rollback;
