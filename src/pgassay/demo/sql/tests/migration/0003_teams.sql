-- Migration 0003: teams inside a tenant; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 300s

begin;
select plan(7);

\set migration 0003_teams
\set number 3
\ir ../_support/there_and_back.sql

select set_eq(
    $$
        select kind, name
        from pg_temp.changed('without', 'with')
        where kind not in ('column', 'constraint')
    $$,
    $$values
        ('relation', 'crm.team_members'),
        ('relation', 'crm.teams'),
        ('index', 'crm.team_members_one_lead_idx'),
        ('index', 'crm.team_members_pkey'),
        ('index', 'crm.team_members_user_idx'),
        ('index', 'crm.teams_name_key'),
        ('index', 'crm.teams_pkey'),
        ('index', 'crm.teams_tenant_id_key'),
        ('routine', 'private.my_teams()'),
        ('policy', 'crm.team_members.team_members_delete_self'),
        ('policy', 'crm.team_members.team_members_select_member'),
        ('policy', 'crm.team_members.team_members_write_manager'),
        ('policy', 'crm.teams.teams_select_member'),
        ('policy', 'crm.teams.teams_write_manager')
    $$,
    'it makes exactly this'
);

select * from finish();
rollback;
