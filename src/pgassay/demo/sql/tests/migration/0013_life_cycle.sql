-- Migration 0013: soft delete, merging and purging; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 300s

begin;
select plan(8);

\ir ../_support/world.sql

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

select is(
    pg_temp.attempt('max', $$select crm.archive_contact(pg_temp.id('frida'))$$),
    '1 row',
    'contacts that were there can be archived'
);

select * from finish();
rollback;
