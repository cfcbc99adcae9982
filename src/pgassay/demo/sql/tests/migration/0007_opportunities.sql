-- Migration 0007: opportunities, the rules of their stages and the history; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 300s

begin;
select plan(7);

\set migration 0007_opportunities
\set number 7
\ir ../_support/there_and_back.sql

select set_eq(
    $$
        select kind, name
        from pg_temp.changed('without', 'with')
        where kind not in ('column', 'constraint')
    $$,
    $$values
        ('relation', 'crm.opportunities'),
        ('relation', 'crm.opportunity_stage_history'),
        ('relation', 'crm.opportunity_stage_history_id_seq'),
        ('index', 'crm.opportunities_contact_idx'),
        ('index', 'crm.opportunities_open_idx'),
        ('index', 'crm.opportunities_organization_idx'),
        ('index', 'crm.opportunities_owner_idx'),
        ('index', 'crm.opportunities_pkey'),
        ('index', 'crm.opportunities_team_idx'),
        ('index', 'crm.opportunities_tenant_id_key'),
        ('index', 'crm.opportunity_stage_history_pkey'),
        ('index', 'crm.stage_history_opportunity_idx'),
        ('routine', 'private.guard_stage()'),
        ('routine', 'private.record_stage()'),
        ('routine', 'private.stage_may_follow(crm.opportunity_stage,crm.opportunity_stage)'),
        ('routine', 'private.stage_probability(crm.opportunity_stage)'),
        ('trigger', 'crm.opportunities.opportunities_guard_stage'),
        ('trigger', 'crm.opportunities.opportunities_record_stage'),
        ('trigger', 'crm.opportunities.opportunities_touch'),
        ('policy', 'crm.opportunities.opportunities_delete_admin'),
        ('policy', 'crm.opportunities.opportunities_insert_rep'),
        ('policy', 'crm.opportunities.opportunities_select_manager'),
        ('policy', 'crm.opportunities.opportunities_select_owner'),
        ('policy', 'crm.opportunities.opportunities_select_team'),
        ('policy', 'crm.opportunities.opportunities_tenant_wall'),
        ('policy', 'crm.opportunities.opportunities_update_manager'),
        ('policy', 'crm.opportunities.opportunities_update_owner'),
        ('policy', 'crm.opportunity_stage_history.stage_history_select_visible')
    $$,
    'it makes exactly this'
);

select * from finish();
rollback;
