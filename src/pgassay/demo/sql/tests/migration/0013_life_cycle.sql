-- Migration 0013: soft delete, merging and purging; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 60s

begin;
select plan(7);

\set migration 0013_life_cycle
\set number 13
\ir ../_support/there_and_back.sql

select set_eq(
    $$
        select kind, name
        from pg_temp.changed('without', 'with')
        where kind not in ('column', 'constraint')
    $$,
    $$values
        ('routine', 'crm.archive_contact(uuid)'),
        ('routine', 'crm.archive_organization(uuid)'),
        ('routine', 'crm.find_duplicates(uuid)'),
        ('routine', 'crm.merge_contacts(uuid,uuid)'),
        ('routine', 'crm.purge_archived(uuid,timestamp with time zone,integer)'),
        ('routine', 'crm.restore_contact(uuid)'),
        ('routine', 'private.may_edit(uuid,uuid)')
    $$,
    'it makes exactly this'
);

select * from finish();
rollback;
