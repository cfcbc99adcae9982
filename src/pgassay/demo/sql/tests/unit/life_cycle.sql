-- Archiving and restoring: who may, what stops it, and what it takes along.
-- pgassay: critical

begin;
select plan(57);
\ir ../_support/world.sql

-- Frida (owner gone) and a contact of rita without opportunities.
insert into crm.contacts (id, tenant_id, owner_id, team_id, organization_id, first_name, last_name)
values
    (pg_temp.id('paul'), pg_temp.id('north'), pg_temp.id('rita'), pg_temp.id('sales'), pg_temp.id('globex'),
        'Paul', 'P'),
    (pg_temp.id('vics'), pg_temp.id('north'), pg_temp.id('vic'), null, null, 'Of', 'Vic');

select is(
    pg_temp.attempt(persona, format('select crm.archive_contact(pg_temp.id(%L))', label)),
    wanted,
    format('%s archiving %s: %s', persona, label, wanted)
)
from (
    values
        ('anon', 'paul', 'denied'),
        ('zoe', 'paul', 'denied'),
        ('fred', 'frida', 'denied'),
        ('vic', 'vics', 'denied'),
        ('olga', 'paul', 'denied'),
        ('theo', 'paul', 'denied'),
        ('rita', 'paul', '1 row'),
        ('max', 'paul', '1 row'),
        ('ada', 'paul', '1 row'),
        ('service', 'paul', '1 row'),
        ('nobody', 'paul', 'denied'),
        ('rita', 'carl', 'error CRM41'),
        ('rita', 'arne', 'error CRM40'),
        ('rita', 'nowhere', 'error CRM40')
) as attempts (persona, label, wanted);

select pg_temp.become('rita');
select is(crm.archive_contact(pg_temp.id('paul')), now(), 'archiving says when');
select is_empty($$select from crm.contacts where id = pg_temp.id('paul')$$, 'rita no longer sees paul');
select throws_ok(
    $$select crm.archive_contact(pg_temp.id('paul'))$$,
    'CRM40', 'there is no such contact', 'paul is not archived twice'
);
select throws_ok(
    $$select crm.archive_contact(pg_temp.id('dora'))$$,
    '42501', 'this contact is not yours to archive', 'rita does not archive dora'
);
select throws_ok(
    $$select crm.archive_contact(pg_temp.id('carl'))$$,
    'CRM41', 'this contact still has an open opportunity', 'carl is still needed'
);
select pg_temp.become('nobody');
select is(
    (select deleted_at from crm.contacts where id = pg_temp.id('paul')), now(), 'but paul is there'
);

-- An opportunity that is closed, or archived, or of someone else, does not hold a contact.
create function pg_temp.archive_carl_after(statement text) returns text
    language sql
return pg_temp.attempt('service', statement || '; select crm.archive_contact(pg_temp.id(''carl''))');
select is(pg_temp.archive_carl_after(statement), wanted, what)
from (
    values
        ('a lost opportunity does not hold carl', '1 row',
            $$update crm.opportunities set stage = 'lost', lost_reason = 'price' where id = pg_temp.id('deal')$$),
        ('an archived opportunity does not hold carl', '1 row',
            $$update crm.opportunities set deleted_at = now() where id = pg_temp.id('deal')$$),
        ('an opportunity with another contact does not hold carl', '1 row',
            $$update crm.opportunities set primary_contact_id = pg_temp.id('dora') where id = pg_temp.id('deal')$$),
        ('an opportunity that moved on by one stage does', 'error CRM41',
            $$update crm.opportunities set stage = 'proposal' where id = pg_temp.id('deal')$$)
) as held (what, wanted, statement);

-- Restoring.
update crm.contacts set deleted_at = now(), merged_into = pg_temp.id('carl') where id = pg_temp.id('vics');
select is(
    pg_temp.attempt(persona, format('select crm.restore_contact(pg_temp.id(%L))', label)),
    wanted,
    format('%s restoring %s: %s', persona, label, wanted)
)
from (
    values
        ('anon', 'arne', 'denied'),
        ('zoe', 'arne', 'denied'),
        ('theo', 'arne', 'denied'),
        ('rita', 'arne', '1 row'),
        ('max', 'arne', '1 row'),
        ('service', 'arne', '1 row'),
        ('rita', 'carl', 'error CRM40'),
        ('rita', 'nowhere', 'error CRM40'),
        ('max', 'vics', 'error CRM42')
) as attempts (persona, label, wanted);
select pg_temp.become('rita');
select lives_ok($$select crm.restore_contact(pg_temp.id('arne'))$$, 'rita restores arne');
select isnt_empty($$select from crm.contacts where id = pg_temp.id('arne')$$, 'and sees him again');
select throws_ok(
    $$select crm.restore_contact(pg_temp.id('arne'))$$,
    'CRM40', 'there is no such archived contact', 'arne is not restored twice'
);
select pg_temp.become('olga');
select throws_ok(
    $$select crm.restore_contact(pg_temp.id('paul'))$$,
    '42501', 'this contact is not yours to restore', 'olga does not restore paul'
);
select pg_temp.become('max');
select throws_ok(
    $$select crm.restore_contact(pg_temp.id('vics'))$$,
    'CRM42', 'a merged contact is not restored', 'what was merged stays merged'
);
select pg_temp.become('nobody');

-- An address that was taken in the meantime is not given back twice.
insert into crm.contacts (id, tenant_id, owner_id, first_name, last_name, email, deleted_at)
values (
    pg_temp.id('old-carl'), pg_temp.id('north'), pg_temp.id('rita'), 'Carl', 'Old', 'carl@crm-test.example', now()
);
select is(
    pg_temp.attempt('rita', $$select crm.restore_contact(pg_temp.id('old-carl'))$$),
    'error 23505',
    'a contact whose address has a new owner is not restored'
);

-- Organizations.
select is(
    pg_temp.attempt(persona, format('select crm.archive_organization(pg_temp.id(%L))', label)),
    wanted,
    format('%s archiving %s: %s', persona, label, wanted)
)
from (
    values
        ('rita', 'globex', 'error CRM43'),
        ('olga', 'globex-lab', 'error CRM41'),
        ('rita', 'globex-lab', 'denied'),
        ('zoe', 'globex-lab', 'denied'),
        ('anon', 'globex-lab', 'denied'),
        ('rita', 'initech', 'error CRM40'),
        ('rita', 'nowhere', 'error CRM40')
) as attempts (persona, label, wanted);
select pg_temp.become('rita');
select throws_ok(
    $$select crm.archive_organization(pg_temp.id('globex'))$$,
    'CRM43', 'this organization still has branches', 'globex has a branch'
);
select throws_ok(
    $$select crm.archive_organization(pg_temp.id('globex-lab'))$$,
    '42501', 'this organization is not yours to archive', 'the lab is not hers'
);
select throws_ok(
    $$select crm.archive_organization(pg_temp.id('nowhere'))$$,
    'CRM40', 'there is no such organization', 'nothing is archived'
);
select pg_temp.become('olga');
select throws_ok(
    $$select crm.archive_organization(pg_temp.id('globex-lab'))$$,
    'CRM41', 'this organization still has an open opportunity', 'the lab is still needed'
);
update crm.opportunities set stage = 'lost', lost_reason = 'price' where id = pg_temp.id('lab-deal');
select is(crm.archive_organization(pg_temp.id('globex-lab')), 1, 'archiving says how many contacts went along');
select pg_temp.become('nobody');
select is((select deleted_at from crm.contacts where id = pg_temp.id('dora')), now(), 'dora went with the lab');
select is((select deleted_at from crm.organizations where id = pg_temp.id('globex-lab')), now(), 'the lab is archived');
select is(
    (select deleted_at from crm.contacts where id = pg_temp.id('carl')), null::timestamptz, 'carl of globex stays'
);

-- An archived branch and an archived opportunity hold nothing.
update crm.opportunities set deleted_at = now() where id = pg_temp.id('deal');
update crm.contacts set deleted_at = '2024-01-01' where id = pg_temp.id('arne');
select is(
    pg_temp.attempt('rita', $$select crm.archive_organization(pg_temp.id('globex'))$$),
    '1 row',
    'globex may go when its branch and its opportunities have gone'
);
select pg_temp.become('rita');
select crm.archive_organization(pg_temp.id('globex')) as archived \gset
select pg_temp.become('nobody');
select is(:archived, 1, 'only live contacts are counted');
select is(
    (select deleted_at from crm.contacts where id = pg_temp.id('arne')),
    '2024-01-01'::timestamptz,
    'who was archived before keeps the date'
);

select * from finish();
rollback;
