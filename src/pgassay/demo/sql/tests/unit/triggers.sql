-- Which triggers there are, what they call, and that a changed row is stamped.

begin;
select plan(47);
\ir ../_support/world.sql

select triggers_are('crm', relation, triggers::name[], relation || ' has exactly these triggers')
from (
    values
        ('audit_log', '{}'),
        ('contact_tags', '{}'),
        ('contacts', '{contacts_audit,contacts_touch}'),
        ('interactions', '{interactions_note_contacted}'),
        ('memberships', '{memberships_audit,memberships_guard_last_admin,memberships_guard_seats}'),
        ('opportunities',
            '{opportunities_audit,opportunities_guard_stage,opportunities_record_stage,opportunities_touch}'),
        ('opportunity_products', '{opportunity_products_price,opportunity_products_sum}'),
        ('opportunity_stage_history', '{}'),
        ('organization_tags', '{}'),
        ('organizations', '{organizations_audit,organizations_guard_hierarchy,organizations_touch}'),
        ('products', '{products_audit,products_touch}'),
        ('tags', '{}'),
        ('team_members', '{}'),
        ('teams', '{}'),
        ('tenants', '{tenants_touch}')
) as expected (relation, triggers);

select trigger_is('crm', relation, trigger, 'private', function, format('%s calls %s', trigger, function))
from (
    values
        ('contacts', 'contacts_audit', 'audit'),
        ('contacts', 'contacts_touch', 'touch_updated_at'),
        ('interactions', 'interactions_note_contacted', 'note_contacted'),
        ('memberships', 'memberships_audit', 'audit'),
        ('memberships', 'memberships_guard_last_admin', 'guard_last_admin'),
        ('memberships', 'memberships_guard_seats', 'guard_seats'),
        ('opportunities', 'opportunities_audit', 'audit'),
        ('opportunities', 'opportunities_guard_stage', 'guard_stage'),
        ('opportunities', 'opportunities_record_stage', 'record_stage'),
        ('opportunities', 'opportunities_touch', 'touch_updated_at'),
        ('opportunity_products', 'opportunity_products_price', 'price_line'),
        ('opportunity_products', 'opportunity_products_sum', 'sum_lines'),
        ('organizations', 'organizations_audit', 'audit'),
        ('organizations', 'organizations_guard_hierarchy', 'guard_hierarchy'),
        ('organizations', 'organizations_touch', 'touch_updated_at'),
        ('products', 'products_audit', 'audit'),
        ('products', 'products_touch', 'touch_updated_at'),
        ('tenants', 'tenants_touch', 'touch_updated_at')
) as expected (relation, trigger, function);

select is_empty(
    $$
        select tgrelid::regclass, tgname
        from pg_trigger
        join pg_class as c on c.oid = tgrelid
        where relnamespace = 'crm'::regnamespace
            and tgenabled <> 'O'
    $$,
    'no trigger is switched off or works for replicas only'
);

-- The stamp. The rows are made old behind the triggers' backs first.
set local session_replication_role = replica;
update crm.tenants set updated_at = '2020-01-01' where id = pg_temp.id('north');
update crm.organizations set updated_at = '2020-01-01' where id = pg_temp.id('globex');
update crm.contacts set updated_at = '2020-01-01' where id = pg_temp.id('carl');
update crm.products set updated_at = '2020-01-01' where id = pg_temp.id('widget');
update crm.opportunities set updated_at = '2020-01-01' where id = pg_temp.id('deal');
set local session_replication_role = origin;

update crm.tenants set name = 'Changed' where id = pg_temp.id('north');
select is((select updated_at from crm.tenants where id = pg_temp.id('north')), now(), 'a changed tenant is stamped');
update crm.organizations set name = 'Changed' where id = pg_temp.id('globex');
select is(
    (select updated_at from crm.organizations where id = pg_temp.id('globex')),
    now(),
    'a changed organization is stamped'
);
update crm.contacts set first_name = 'Changed' where id = pg_temp.id('carl');
select is((select updated_at from crm.contacts where id = pg_temp.id('carl')), now(), 'a changed contact is stamped');
update crm.products set name = 'Changed' where id = pg_temp.id('widget');
select is((select updated_at from crm.products where id = pg_temp.id('widget')), now(), 'a changed product is stamped');
update crm.opportunities set name = 'Changed' where id = pg_temp.id('deal');
select is(
    (select updated_at from crm.opportunities where id = pg_temp.id('deal')), now(), 'a changed opportunity is stamped'
);
update crm.contacts set updated_at = '2020-01-01' where id = pg_temp.id('carl');
select is(
    (select updated_at from crm.contacts where id = pg_temp.id('carl')), now(), 'nobody writes a stamp of their own'
);

-- The last contact.
select is(
    (select last_contacted_at from crm.contacts where id = pg_temp.id('carl')),
    '2024-03-01 09:00+00'::timestamptz,
    'a call is a contact'
);
select is(
    (select last_contacted_at from crm.contacts where id = pg_temp.id('frida')),
    '2024-03-03 09:00+00'::timestamptz,
    'a mail is a contact'
);
select is(
    (select last_contacted_at from crm.contacts where id = pg_temp.id('dora')),
    null::timestamptz,
    'a note is none'
);
insert into crm.interactions (tenant_id, contact_id, owner_id, kind, subject, occurred_at)
values (pg_temp.id('north'), pg_temp.id('carl'), pg_temp.id('rita'), 'email', 'Earlier', '2024-02-01 09:00+00');
select is(
    (select last_contacted_at from crm.contacts where id = pg_temp.id('carl')),
    '2024-03-01 09:00+00'::timestamptz,
    'what is logged late does not turn the clock back'
);
insert into crm.interactions (tenant_id, contact_id, owner_id, kind, subject, occurred_at)
values (pg_temp.id('north'), pg_temp.id('carl'), pg_temp.id('rita'), 'meeting', 'Later', '2024-04-01 09:00+00');
select is(
    (select last_contacted_at from crm.contacts where id = pg_temp.id('carl')),
    '2024-04-01 09:00+00'::timestamptz,
    'a later meeting counts'
);
select is(
    (select count(*) from crm.contacts where last_contacted_at = '2024-04-01 09:00+00' and last_name = 'Testperson'),
    1::bigint,
    'and for nobody else'
);

-- Logged by someone who may see the contact, but not change it.
insert into crm.contacts (id, tenant_id, owner_id, first_name, last_name)
values (pg_temp.id('maxs'), pg_temp.id('north'), pg_temp.id('vic'), 'Of', 'Vic');
update crm.memberships set role = 'rep' where user_id = pg_temp.id('vic');
select pg_temp.become('vic');
insert into crm.interactions (tenant_id, contact_id, kind, subject, occurred_at)
values (pg_temp.id('north'), pg_temp.id('maxs'), 'call', 'Hello', '2024-05-01 09:00+00');
select pg_temp.become('nobody');
select is(
    (select last_contacted_at from crm.contacts where id = pg_temp.id('maxs')),
    '2024-05-01 09:00+00'::timestamptz,
    'a rep logs a call, and the contact knows'
);

select * from finish();
rollback;
