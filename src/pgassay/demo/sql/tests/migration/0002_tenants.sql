-- Migration 0002: tenants and memberships, with the function that every policy asks; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 300s

begin;
select plan(7);

\set migration 0002_tenants
\set number 2
\ir ../_support/there_and_back.sql

select set_eq(
    $$
        select kind, name
        from pg_temp.changed('without', 'with')
        where kind not in ('column', 'constraint')
    $$,
    $$values
        ('relation', 'crm.memberships'),
        ('relation', 'crm.tenants'),
        ('index', 'crm.memberships_pkey'),
        ('index', 'crm.memberships_user_idx'),
        ('index', 'crm.tenants_pkey'),
        ('index', 'crm.tenants_slug_key'),
        ('routine', 'private.guard_last_admin()'),
        ('routine', 'private.guard_seats()'),
        ('routine', 'private.tenants_as(crm.member_role)'),
        ('trigger', 'crm.memberships.memberships_guard_last_admin'),
        ('trigger', 'crm.memberships.memberships_guard_seats'),
        ('trigger', 'crm.tenants.tenants_touch'),
        ('policy', 'crm.memberships.memberships_delete_admin'),
        ('policy', 'crm.memberships.memberships_delete_self'),
        ('policy', 'crm.memberships.memberships_insert_admin'),
        ('policy', 'crm.memberships.memberships_select_colleague'),
        ('policy', 'crm.memberships.memberships_select_self'),
        ('policy', 'crm.memberships.memberships_update_admin'),
        ('policy', 'crm.tenants.tenants_select_member'),
        ('policy', 'crm.tenants.tenants_update_admin')
    $$,
    'it makes exactly this'
);

select * from finish();
rollback;
