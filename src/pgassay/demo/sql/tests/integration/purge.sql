-- Purging archived contacts. The procedure commits after each batch, so it cannot run inside a test's
-- transaction, and this file has none: what it does stays. It works on a copy of the database; where it
-- is run on the database itself, it removes at the end what it made at the beginning.
-- pgassay: isolation clone
-- pgassay: timeout 60s

select plan(11);

\set tenant '''c7a0f2de-0000-4000-8000-00000000c0de'''
\set owner '''c7a0f2de-0000-4000-8000-000000000001'''

insert into auth.users (id) values (:owner);
insert into crm.tenants (id, name, slug) values (:tenant, 'Purge', 'crm-test-purge');
insert into crm.contacts (tenant_id, owner_id, first_name, last_name, deleted_at)
select :tenant, :owner, 'Purge', 'Number ' || n, '2020-01-01'::timestamptz + n * interval '1 day'
from generate_series(1, 25) as n;
insert into crm.contacts (tenant_id, owner_id, first_name, last_name)
values (:tenant, :owner, 'Live', 'One');

-- In a transaction of someone else it refuses to start.
begin;
select throws_ok(
    format('call crm.purge_archived(%L, now())', :tenant),
    '2D000', null, 'the procedure commits, so it does not run inside a transaction'
);
rollback;

select throws_ok(
    format('call crm.purge_archived(%L, now(), 0)', :tenant),
    '22023', 'a batch has at least one row', 'an empty batch would never end'
);

-- Ten of twenty-five, in batches of four.
call crm.purge_archived(:tenant, '2020-01-12', 4);
select is(
    (select count(*) from crm.contacts where tenant_id = :tenant and deleted_at is not null),
    15::bigint,
    'what was archived before the day is gone'
);
select is(
    (select min(deleted_at) from crm.contacts where tenant_id = :tenant),
    '2020-01-12'::timestamptz,
    'what was archived on the day is not'
);
select is(
    (select count(distinct xmin::text) from crm.audit_log where tenant_id = :tenant and action = 'DELETE'),
    3::bigint,
    'ten rows in batches of four took three transactions'
);

-- Nothing left to do is no error; a batch of one row ends, too.
call crm.purge_archived(:tenant, '2020-01-12', 1);
select is(
    (select count(*) from crm.contacts where tenant_id = :tenant and deleted_at is not null),
    15::bigint,
    'purging again finds nothing'
);
call crm.purge_archived('c7a0f2de-0000-4000-8000-00000000dead', now());
select is(
    (select count(*) from crm.contacts where tenant_id = :tenant and deleted_at is not null),
    15::bigint,
    'another tenant''s purge touches nothing here'
);
set role service_role;
call crm.purge_archived(:tenant, now(), 5);
reset role;
select is(
    (select count(*) from crm.contacts where tenant_id = :tenant and deleted_at is not null),
    0::bigint,
    'the service purges the rest'
);
select is((select count(*) from crm.contacts where tenant_id = :tenant), 1::bigint, 'a live contact is never purged');
set role authenticated;
select throws_ok(
    format('call crm.purge_archived(%L, now())', :tenant),
    '42501', null, 'a signed-in user does not purge'
);
reset role;

delete from crm.tenants where id = :tenant;
delete from auth.users where id = :owner;
delete from crm.audit_log where tenant_id = :tenant;
select is(
    (select count(*) from crm.audit_log where tenant_id = :tenant), 0::bigint, 'nothing of this test is left'
);

select * from finish();
