-- Writes that read nothing. An UPDATE or DELETE without a WHERE needs no privilege to read, and then the
-- SELECT policies are not asked: only the policies for writing stand between a user and every row there is.
-- pgassay: critical

begin;
select plan(102);
\ir ../_support/world.sql

-- Rows without a team, so that being the owner is the only way to them.
insert into crm.contacts (id, tenant_id, owner_id, first_name, last_name)
values (pg_temp.id('solo'), pg_temp.id('north'), pg_temp.id('rita'), 'So', 'Lo');
insert into crm.opportunities (id, tenant_id, organization_id, owner_id, name)
values (pg_temp.id('solo-deal'), pg_temp.id('north'), pg_temp.id('globex'), pg_temp.id('rita'), 'Solo');

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        --       contacts  organizations opportunities interactions tags     tenants
        ('anon', 'denied', 'denied',     'denied',     'denied',    'denied', 'denied'),
        ('fred', '0 rows', '0 rows',     '0 rows',     '0 rows',    '0 rows', '0 rows'),
        ('vic',  '0 rows', '0 rows',     '0 rows',     '0 rows',    '0 rows', '0 rows'),
        ('olga', '1 row',  '1 row',      '1 row',      '1 row',     '0 rows', '0 rows'),
        ('theo', '2 rows', '0 rows',     '0 rows',     '0 rows',    '0 rows', '0 rows'),
        ('rita', '3 rows', '2 rows',     '3 rows',     '1 row',     '0 rows', '0 rows'),
        ('max',  '5 rows', '3 rows',     '4 rows',     '0 rows',    '2 rows', '0 rows'),
        ('ada',  '5 rows', '3 rows',     '4 rows',     '0 rows',    '2 rows', '1 row'),
        ('zoe',  '1 row',  '1 row',      '1 row',      '1 row',     '1 row',  '1 row')
) as matrix (persona, contacts, organizations, opportunities, interactions, tags, tenants)
cross join lateral (
    values
        ('change every contact', $$update crm.contacts set job_title = 'x'$$, contacts),
        ('change every organization', $$update crm.organizations set industry = 'x'$$, organizations),
        ('change every opportunity', $$update crm.opportunities set name = 'x'$$, opportunities),
        ('change every interaction', $$update crm.interactions set body = 'x'$$, interactions),
        ('change every tag', $$update crm.tags set color = '#000000'$$, tags),
        ('change every tenant', $$update crm.tenants set public_catalog = true$$, tenants)
) as attempt (action, statement, wanted);

-- What a blind write makes of a row must be a row that its writer may write. Max and ada look into south,
-- but may do nothing there.
insert into crm.memberships (tenant_id, user_id, role)
values
    (pg_temp.id('south'), pg_temp.id('max'), 'viewer'),
    (pg_temp.id('south'), pg_temp.id('ada'), 'viewer'),
    (pg_temp.id('south'), pg_temp.id('olga'), 'viewer');

select is(pg_temp.attempt(persona, statement), 'refused', format('%s does not %s', persona, action))
from (
    values
        ('rita', 'carry her contacts to another tenant',
            $$update crm.contacts set tenant_id = pg_temp.id('south')$$),
        ('max', 'carry contacts to where he only looks on',
            $$update crm.contacts set tenant_id = pg_temp.id('south'), team_id = null, organization_id = null$$),
        ('rita', 'give contacts away that no team of hers holds',
            $$update crm.contacts set owner_id = pg_temp.id('olga'), team_id = null$$),
        ('theo', 'take contacts from the team',
            $$update crm.contacts set team_id = null$$),
        ('rita', 'carry her organizations to another tenant',
            $$update crm.organizations set tenant_id = pg_temp.id('south')$$),
        ('max', 'carry organizations to where he only looks on',
            $$update crm.organizations set tenant_id = pg_temp.id('south')$$),
        ('olga', 'give her organizations away',
            $$update crm.organizations set owner_id = pg_temp.id('rita')$$),
        ('rita', 'carry her opportunities to another tenant',
            $$update crm.opportunities set tenant_id = pg_temp.id('south')$$),
        ('max', 'carry opportunities to where he only looks on',
            $$update crm.opportunities set tenant_id = pg_temp.id('south')$$),
        ('olga', 'give her opportunities away',
            $$update crm.opportunities set owner_id = pg_temp.id('rita')$$),
        ('rita', 'carry her interactions to another tenant',
            $$update crm.interactions set tenant_id = pg_temp.id('south')$$),
        ('rita', 'put words into the mouth of theo',
            $$update crm.interactions set owner_id = pg_temp.id('theo')$$),
        ('max', 'carry tags to where he only looks on',
            $$update crm.tags set tenant_id = pg_temp.id('south')$$),
        ('max', 'carry products to where he only looks on',
            $$update crm.products set tenant_id = pg_temp.id('south')$$),
        ('max', 'carry teams to where he only looks on',
            $$update crm.teams set tenant_id = pg_temp.id('south')$$),
        ('max', 'carry team members to where he only looks on',
            $$update crm.team_members set tenant_id = pg_temp.id('south')$$),
        ('ada', 'carry members to where she only looks on',
            $$update crm.memberships set tenant_id = pg_temp.id('south')$$)
) as carried (persona, action, statement);

-- Deleting.
select is(
    pg_temp.attempt(persona, format('delete from crm.%I', relation)),
    wanted,
    format('%s deletes %s of %s', persona, wanted, relation)
)
from (
    values
        ('contacts', 'rita', '0 rows'), ('contacts', 'max', '0 rows'), ('contacts', 'ada', '5 rows'),
        ('opportunities', 'rita', '0 rows'), ('opportunities', 'max', '0 rows'), ('opportunities', 'ada', '4 rows'),
        ('interactions', 'vic', '0 rows'), ('interactions', 'rita', '1 row'), ('interactions', 'max', '0 rows'),
        ('contact_tags', 'vic', '0 rows'), ('contact_tags', 'zoe', '0 rows'), ('contact_tags', 'rita', '1 row'),
        ('organization_tags', 'vic', '0 rows'), ('organization_tags', 'zoe', '0 rows'),
        ('tags', 'rita', '0 rows'), ('tags', 'max', '2 rows'),
        ('memberships', 'vic', '1 row'), ('memberships', 'rita', '1 row'),
        ('team_members', 'vic', '1 row'), ('team_members', 'theo', '1 row'), ('team_members', 'max', '4 rows'),
        ('organizations', 'max', '0 rows'),
        ('products', 'rita', '0 rows'), ('teams', 'rita', '0 rows'), ('teams', 'max', '2 rows')
) as deleted (relation, persona, wanted);

-- Reading what only the owner may read, without a team.
select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        ('rita', 'sees the opportunity that only she owns', '1 row',
            $$select from crm.opportunities where id = pg_temp.id('solo-deal')$$),
        ('theo', 'does not', '0 rows', $$select from crm.opportunities where id = pg_temp.id('solo-deal')$$),
        ('rita', 'sees the contact that only she owns', '1 row',
            $$select from crm.contacts where id = pg_temp.id('solo')$$),
        ('theo', 'does not', '0 rows', $$select from crm.contacts where id = pg_temp.id('solo')$$),
        ('rita', 'changes the contact that only she owns', '1 row',
            $$update crm.contacts set job_title = 'x' where id = pg_temp.id('solo')$$),
        ('theo', 'does not', '0 rows', $$update crm.contacts set job_title = 'x' where id = pg_temp.id('solo')$$)
) as alone (persona, action, wanted, statement);

select * from finish();
rollback;
