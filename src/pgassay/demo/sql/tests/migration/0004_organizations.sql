-- Migration 0004: organizations, their hierarchy and the tenant wall; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 300s

begin;
select plan(7);

\set migration 0004_organizations
\set number 4
\ir ../_support/there_and_back.sql

select set_eq(
    $$
        select kind, name
        from pg_temp.changed('without', 'with')
        where kind not in ('column', 'constraint')
    $$,
    $$values
        ('relation', 'crm.organizations'),
        ('index', 'crm.organizations_name_idx'),
        ('index', 'crm.organizations_owner_idx'),
        ('index', 'crm.organizations_parent_idx'),
        ('index', 'crm.organizations_pkey'),
        ('index', 'crm.organizations_team_idx'),
        ('index', 'crm.organizations_tenant_id_key'),
        ('index', 'crm.organizations_website_idx'),
        ('routine', 'crm.organization_tree(uuid)'),
        ('routine', 'private.guard_hierarchy()'),
        ('trigger', 'crm.organizations.organizations_guard_hierarchy'),
        ('trigger', 'crm.organizations.organizations_touch'),
        ('policy', 'crm.organizations.organizations_delete_admin'),
        ('policy', 'crm.organizations.organizations_insert_rep'),
        ('policy', 'crm.organizations.organizations_select_live'),
        ('policy', 'crm.organizations.organizations_select_manager'),
        ('policy', 'crm.organizations.organizations_tenant_wall'),
        ('policy', 'crm.organizations.organizations_update_manager'),
        ('policy', 'crm.organizations.organizations_update_owner')
    $$,
    'it makes exactly this'
);

select * from finish();
rollback;
