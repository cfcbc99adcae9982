-- The audit log: one entry a change, with what changed and who did it, and none for no change.

begin;
select plan(23);
\ir ../_support/world.sql

create function pg_temp.entries(label text) returns table (action text, changes jsonb)
    language sql stable
as $$
    select action, changes
    from crm.audit_log
    where row_id = pg_temp.id(label)
    order by id
$$;

-- Every table that is logged, and each kind of change.
select is(
    (
        select array_agg(action order by id)
        from crm.audit_log
        where row_id = pg_temp.id(label)
            and tenant_id = pg_temp.id('north')
            and table_name = relation
    ),
    array['INSERT'],
    format('adding to %s is logged', relation)
)
from (
    values
        ('memberships', 'vic'), ('organizations', 'initech'), ('contacts', 'dora'), ('products', 'gadget'),
        ('opportunities', 'old-deal')
) as logged (relation, label);

update crm.memberships set role = 'manager' where user_id = pg_temp.id('vic');
update crm.organizations set industry = 'Software' where id = pg_temp.id('initech');
update crm.contacts set job_title = 'Chef', phone = '+491234567' where id = pg_temp.id('dora');
update crm.products set unit_price = 26 where id = pg_temp.id('gadget');
update crm.opportunities set name = 'Older deal' where id = pg_temp.id('old-deal');

select is(
    (select changes from pg_temp.entries(label) where action = 'UPDATE'),
    changes::jsonb,
    format('changing %s is logged, old and new', relation)
)
from (
    values
        ('memberships', 'vic', '{"role": ["viewer", "manager"]}'),
        ('organizations', 'initech', '{"industry": [null, "Software"]}'),
        ('contacts', 'dora', '{"job_title": [null, "Chef"], "phone": [null, "+491234567"]}'),
        ('products', 'gadget', '{"unit_price": [25.50, 26.00]}'),
        ('opportunities', 'old-deal', '{"name": ["old-deal", "Older deal"]}')
) as logged (relation, label, changes);

delete from crm.memberships where user_id = pg_temp.id('vic');
delete from crm.organizations where id = pg_temp.id('initech');
delete from crm.contacts where id = pg_temp.id('dora');
delete from crm.products where id = pg_temp.id('gadget');
delete from crm.opportunities where id = pg_temp.id('old-deal');

select is(
    (select changes ->> col from pg_temp.entries(label) where action = 'DELETE'),
    value,
    format('deleting from %s is logged, with the row as it was', relation)
)
from (
    values
        ('memberships', 'vic', 'role', 'manager'),
        ('organizations', 'initech', 'industry', 'Software'),
        ('contacts', 'dora', 'job_title', 'Chef'),
        ('products', 'gadget', 'unit_price', '26.00'),
        ('opportunities', 'old-deal', 'name', 'Older deal')
) as logged (relation, label, col, value);

-- What is not worth an entry.
select count(*) as before from crm.audit_log where tenant_id = pg_temp.id('north') \gset
update crm.contacts set job_title = job_title where id = pg_temp.id('carl');
update crm.contacts set updated_at = '2020-01-01' where id = pg_temp.id('carl');
select is(
    (select count(*) from crm.audit_log where tenant_id = pg_temp.id('north')),
    :before::bigint,
    'a change that changes nothing is not logged'
);
insert into crm.tags (tenant_id, name) values (pg_temp.id('north'), 'Unlogged');
insert into crm.interactions (tenant_id, contact_id, owner_id, kind, subject)
values (pg_temp.id('north'), pg_temp.id('frida'), pg_temp.id('rita'), 'note', 'Unlogged');
select is(
    (select count(*) from crm.audit_log where tenant_id = pg_temp.id('north')),
    :before::bigint,
    'tags and notes are not logged'
);

-- What an entry says.
select ok(
    not (select changes ?| array['updated_at', 'search'] from pg_temp.entries('carl') where action = 'INSERT'),
    'the stamp and the search words stay out of the log'
);
select is(
    (select changes ->> 'email' from pg_temp.entries('carl') where action = 'INSERT'),
    'carl@crm-test.example',
    'a new row is logged as it is'
);
update crm.contacts set phone = '+491234567' where id = pg_temp.id('carl');
update crm.contacts set phone = null where id = pg_temp.id('carl');
select is(
    (select changes from pg_temp.entries('carl') offset 3),
    '{"phone": ["+491234567", null]}'::jsonb,
    'what was emptied is logged as null'
);

select pg_temp.become('rita');
update crm.contacts set job_title = 'Boss' where id = pg_temp.id('carl');
select pg_temp.become('nobody');
select results_eq(
    $$
        select actor_id, action, changes
        from crm.audit_log
        where row_id = pg_temp.id('carl')
        order by id desc
        limit 1
    $$,
    $$values (pg_temp.id('rita'), 'UPDATE', '{"job_title": [null, "Boss"]}'::jsonb)$$,
    'the log knows who it was'
);

select pg_temp.become('max');
select crm.archive_contact(pg_temp.id('frida')) as archived_at \gset
select pg_temp.become('nobody');
select is(
    (select actor_id from crm.audit_log where row_id = pg_temp.id('frida') order by id desc limit 1),
    pg_temp.id('max'),
    'also when a function does it with rights of its own'
);

-- Entries are numbered by the log alone, so that none can be slipped in between two others.
select throws_ok(
    $$
        insert into crm.audit_log (id, tenant_id, table_name, row_id, action, changes)
        values (1, pg_temp.id('north'), 'contacts', pg_temp.id('carl'), 'DELETE', '{}')
    $$,
    '428C9', null, 'nobody chooses the number of an entry'
);

select * from finish();
rollback;
