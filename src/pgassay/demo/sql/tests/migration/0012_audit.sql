-- Migration 0012: the audit log and its triggers; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 300s

begin;
select plan(9);

\ir ../_support/world.sql

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

-- What the way back costs, and that the log goes on.
select is_empty('select from crm.audit_log', 'the log is lost on the way back');
update crm.contacts set job_title = 'Boss' where id = pg_temp.id('carl');
select results_eq(
    'select row_id, action from crm.audit_log',
    $$values (pg_temp.id('carl'), 'UPDATE')$$,
    'and is kept anew from then on'
);

select * from finish();
rollback;
