-- Migration 0009: interactions, and on the contact when the last one was; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 300s

begin;
select plan(10);

\ir ../_support/world.sql

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

select set_eq(
    $$
        select name
        from pg_temp.changed('without', 'with')
        where kind = 'column' and name not like 'crm.interactions.%'
    $$,
    $$values ('crm.contacts.last_contacted_at')$$,
    'it adds one column to what was there'
);

-- What the way back costs.
select row_eq(
    $$select first_name, last_contacted_at from crm.contacts where id = pg_temp.id('carl')$$,
    row('Carl'::text, null::timestamptz),
    'a contact outlives the way back, but when it was talked to is forgotten'
);
insert into crm.interactions (tenant_id, contact_id, owner_id, kind, subject, occurred_at)
values (pg_temp.id('north'), pg_temp.id('carl'), pg_temp.id('rita'), 'call', 'Again', '2024-07-01 09:00+00');
select is(
    (select last_contacted_at from crm.contacts where id = pg_temp.id('carl')),
    '2024-07-01 09:00+00'::timestamptz,
    'and is kept anew from then on'
);

select * from finish();
rollback;
