-- Duplicates: finding them, and merging two contacts into one.
-- pgassay: critical

begin;
select plan(52);
\ir ../_support/world.sql

insert into crm.contacts (
    id, tenant_id, owner_id, team_id, first_name, last_name, email, phone, job_title, organization_id
)
values
    (pg_temp.id('karl'), pg_temp.id('north'), pg_temp.id('rita'), pg_temp.id('sales'), 'carl', 'TESTPERSON',
        'karl@crm-test.example', '+491111111', 'Captain', pg_temp.id('globex-lab')),
    (pg_temp.id('phone'), pg_temp.id('north'), pg_temp.id('rita'), pg_temp.id('sales'), 'Other', 'Name',
        null, '+491111111', null, null),
    (pg_temp.id('blank'), pg_temp.id('north'), pg_temp.id('rita'), pg_temp.id('sales'), 'Blank', 'Page',
        null, null, null, null);
insert into crm.contacts (id, tenant_id, owner_id, first_name, last_name, email, phone)
values (pg_temp.id('south-carl'), pg_temp.id('south'), pg_temp.id('zoe'), 'Carl', 'Testperson',
    'carl@crm-test.example', '+491111111');
-- Two live contacts never share an address, but an archived one and its successor may.
insert into crm.contacts (id, tenant_id, owner_id, first_name, last_name, email, deleted_at)
values (pg_temp.id('old-carl'), pg_temp.id('north'), pg_temp.id('rita'), 'C.', 'T.', 'Carl@crm-test.example', now());

-- Finding.
select pg_temp.become('rita');
select set_eq(
    $$select id, same_email, same_phone, same_name from crm.find_duplicates(pg_temp.id('carl'))$$,
    $$values (pg_temp.id('karl'), false, false, true)$$,
    'carl has a namesake'
);
select set_eq(
    $$select id, same_email, same_phone, same_name from crm.find_duplicates(pg_temp.id('karl'))$$,
    $$
        values
            (pg_temp.id('carl'), false, false, true),
            (pg_temp.id('phone'), false, true, false)
    $$,
    'karl has a namesake and one with his number'
);
select is_empty(
    $$select * from crm.find_duplicates(pg_temp.id('blank'))$$,
    'what is missing is not the same'
);
select is_empty(
    $$select * from crm.find_duplicates(pg_temp.id('nowhere'))$$,
    'what does not exist has no duplicates'
);
select pg_temp.become('max');
select set_eq(
    $$select id, same_email, same_phone, same_name from crm.find_duplicates(pg_temp.id('old-carl'))$$,
    $$values (pg_temp.id('carl'), true, false, false)$$,
    'an archived contact shares its address with a live one, whatever the case'
);
select pg_temp.become('nobody');
select is(
    pg_temp.attempt(persona, $$select * from crm.find_duplicates(pg_temp.id('carl'))$$),
    wanted,
    format('%s finds %s', persona, wanted)
)
from (
    values ('anon', 'denied'), ('zoe', '0 rows'), ('olga', '0 rows'), ('theo', '1 row'), ('service', '1 row')
) as reach (persona, wanted);
update crm.contacts set deleted_at = now() where id = pg_temp.id('karl');
select is_empty(
    $$select id from crm.find_duplicates(pg_temp.id('carl'))$$,
    'an archived contact is no duplicate'
);
update crm.contacts set deleted_at = null where id = pg_temp.id('karl');

-- Who may merge.
select is(
    pg_temp.attempt(persona, format('select crm.merge_contacts(pg_temp.id(%L), pg_temp.id(%L))', winner, loser)),
    wanted,
    format('%s merging %s with %s: %s', persona, winner, loser, wanted)
)
from (
    values
        ('anon', 'carl', 'karl', 'denied'),
        ('zoe', 'carl', 'karl', 'denied'),
        ('theo', 'carl', 'karl', 'denied'),
        ('olga', 'dora', 'carl', 'denied'),
        ('olga', 'carl', 'dora', 'denied'),
        ('rita', 'carl', 'dora', 'denied'),
        ('rita', 'dora', 'carl', 'denied'),
        ('rita', 'carl', 'karl', '1 row'),
        ('max', 'carl', 'dora', '1 row'),
        ('service', 'carl', 'karl', '1 row'),
        ('rita', 'carl', 'carl', 'error CRM50'),
        ('rita', 'carl', 'arne', 'error CRM40'),
        ('rita', 'arne', 'carl', 'error CRM40'),
        ('rita', 'carl', 'nowhere', 'error CRM40'),
        ('rita', 'nowhere', 'carl', 'error CRM40'),
        ('service', 'carl', 'south-carl', 'error CRM51')
) as attempts (persona, winner, loser, wanted);
select throws_ok(
    $$select crm.merge_contacts(pg_temp.id('carl'), pg_temp.id('carl'))$$,
    'CRM50', 'a contact is not merged with itself', 'and says why: itself'
);
select throws_ok(
    $$select crm.merge_contacts(pg_temp.id('carl'), pg_temp.id('arne'))$$,
    'CRM40', 'there is no such contact', 'and says why: archived'
);
select throws_ok(
    $$select crm.merge_contacts(pg_temp.id('carl'), pg_temp.id('south-carl'))$$,
    'CRM51', 'contacts of two tenants are not merged', 'and says why: tenants'
);
select pg_temp.become('rita');
select throws_ok(
    $$select crm.merge_contacts(pg_temp.id('carl'), pg_temp.id('dora'))$$,
    '42501', 'these contacts are not yours to merge', 'and says why: rights'
);
select pg_temp.become('nobody');

-- What a merge does: karl, with all that hangs on him, goes into phone.
insert into crm.contact_tags (tenant_id, contact_id, tag_id)
values
    (pg_temp.id('north'), pg_temp.id('karl'), pg_temp.id('vip')),
    (pg_temp.id('north'), pg_temp.id('karl'), pg_temp.id('spare')),
    (pg_temp.id('north'), pg_temp.id('phone'), pg_temp.id('vip'));
insert into crm.interactions (id, tenant_id, contact_id, owner_id, kind, subject, occurred_at)
values
    (pg_temp.id('karl-call'), pg_temp.id('north'), pg_temp.id('karl'), pg_temp.id('olga'),
        'call', 'Karl', '2024-06-01'),
    (pg_temp.id('phone-call'), pg_temp.id('north'), pg_temp.id('phone'), pg_temp.id('rita'),
        'call', 'Phone', '2024-05-01');
update crm.opportunities set primary_contact_id = pg_temp.id('karl') where id = pg_temp.id('lab-deal');

select pg_temp.become('rita');
select id, email, phone, job_title, organization_id, last_contacted_at = '2024-06-01' as latest,
    deleted_at is null as live
from crm.merge_contacts(pg_temp.id('phone'), pg_temp.id('karl'))
\gset kept_
select pg_temp.become('nobody');

select is(:'kept_id'::uuid, pg_temp.id('phone'), 'the winner is given back');
select is(:'kept_email'::text, 'karl@crm-test.example', 'with the address that it lacked');
select is(:'kept_job_title'::text, 'Captain', 'the job that it lacked');
select is(:'kept_organization_id'::uuid, pg_temp.id('globex-lab'), 'the organization that it lacked');
select is(:'kept_phone'::text, '+491111111', 'its own number');
select is(:'kept_latest'::text, 't', 'and the later of the two last contacts');
select is(:'kept_live'::text, 't', 'alive');
select row_eq(
    $$select merged_into, deleted_at from crm.contacts where id = pg_temp.id('karl')$$,
    row(pg_temp.id('phone'), now()),
    'the loser is archived and knows into whom it went'
);
select set_eq(
    $$select id from crm.interactions where contact_id = pg_temp.id('phone')$$,
    $$values (pg_temp.id('karl-call')), (pg_temp.id('phone-call'))$$,
    'interactions moved, those of other authors, too'
);
select is_empty($$select from crm.interactions where contact_id = pg_temp.id('karl')$$, 'none was left behind');
select is(
    (select primary_contact_id from crm.opportunities where id = pg_temp.id('lab-deal')),
    pg_temp.id('phone'),
    'the opportunity moved, although it is not rita''s'
);
select set_eq(
    $$select tag_id from crm.contact_tags where contact_id = pg_temp.id('phone')$$,
    $$values (pg_temp.id('vip')), (pg_temp.id('spare'))$$,
    'tags moved, those that both had only once'
);
select is_empty($$select from crm.contact_tags where contact_id = pg_temp.id('karl')$$, 'the loser has no tags left');
select isnt_empty($$select from crm.interactions where contact_id = pg_temp.id('carl')$$, 'carl keeps his call');
select isnt_empty($$select from crm.contact_tags where contact_id = pg_temp.id('carl')$$, 'carl keeps his tag');
select is(
    (select primary_contact_id from crm.opportunities where id = pg_temp.id('deal')),
    pg_temp.id('carl'),
    'carl keeps his opportunity'
);

-- The winner keeps what it has.
update crm.contacts
set job_title = 'Chef', phone = '+492222222', organization_id = pg_temp.id('globex')
where id = pg_temp.id('carl');
select pg_temp.become('rita');
select email, phone, job_title, organization_id
from crm.merge_contacts(pg_temp.id('carl'), pg_temp.id('phone'))
\gset kept_
select pg_temp.become('nobody');
select is(
    array[:'kept_email', :'kept_phone', :'kept_job_title', :'kept_organization_id'],
    array['carl@crm-test.example', '+492222222', 'Chef', pg_temp.id('globex')::text],
    'nothing that the winner has is overwritten'
);
select is(
    (select last_contacted_at from crm.contacts where id = pg_temp.id('carl')),
    '2024-06-01'::timestamptz,
    'the last contact is that of the chain'
);
select is(
    (select merged_into from crm.contacts where id = pg_temp.id('karl')),
    pg_temp.id('phone'),
    'the chain of merges can be followed'
);

-- What the winner lacks comes from the loser, each thing for itself.
select pg_temp.become('rita');
select phone from crm.merge_contacts(pg_temp.id('blank'), pg_temp.id('carl')) \gset kept_
select pg_temp.become('nobody');
select is(:'kept_phone'::text, '+492222222', 'a number that the winner lacked is taken over');
select is(
    (select email::text from crm.contacts where id = pg_temp.id('blank')),
    'carl@crm-test.example',
    'an address is free for the winner as soon as the loser is archived'
);

select * from finish();
rollback;
