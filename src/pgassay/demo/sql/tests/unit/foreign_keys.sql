-- References: a row that points nowhere is stopped by the named key, a row of another tenant is as good
-- as nowhere, and what is referred to stays. What goes along with a deletion is in deletions.sql.

begin;
select plan(40);
\ir ../_support/world.sql

select throws_ok(
    statement,
    '23503',
    format('insert or update on table "%s" violates foreign key constraint "%s"', relation, rule),
    rule || ': ' || what
)
from (
    values
        ('memberships', 'memberships_tenant_fk', 'no such tenant',
            $$insert into crm.memberships values (pg_temp.id('nowhere'), pg_temp.id('fred'))$$),
        ('memberships', 'memberships_user_fk', 'no such user',
            $$insert into crm.memberships values (pg_temp.id('north'), pg_temp.id('nobody'))$$),
        ('teams', 'teams_tenant_fk', 'no such tenant',
            $$insert into crm.teams (tenant_id, name) values (pg_temp.id('nowhere'), 'x')$$),
        ('team_members', 'team_members_team_fk', 'a team of another tenant', $$
            insert into crm.team_members (tenant_id, team_id, user_id)
            values (pg_temp.id('north'), pg_temp.id('south-team'), pg_temp.id('rita'))
        $$),
        ('team_members', 'team_members_membership_fk', 'not a member of the tenant', $$
            insert into crm.team_members (tenant_id, team_id, user_id)
            values (pg_temp.id('north'), pg_temp.id('sales'), pg_temp.id('zoe'))
        $$),
        ('organizations', 'organizations_tenant_fk', 'no such tenant', $$
            insert into crm.organizations (tenant_id, name, owner_id)
            values (pg_temp.id('nowhere'), 'x', pg_temp.id('rita'))
        $$),
        ('organizations', 'organizations_parent_fk', 'a parent in another tenant',
            $$update crm.organizations set parent_id = pg_temp.id('umbrella') where id = pg_temp.id('globex')$$),
        ('organizations', 'organizations_owner_fk', 'no such user',
            $$update crm.organizations set owner_id = pg_temp.id('nobody') where id = pg_temp.id('globex')$$),
        ('organizations', 'organizations_team_fk', 'a team of another tenant',
            $$update crm.organizations set team_id = pg_temp.id('south-team') where id = pg_temp.id('globex')$$),
        ('contacts', 'contacts_tenant_fk', 'no such tenant', $$
            insert into crm.contacts (tenant_id, first_name, last_name, owner_id)
            values (pg_temp.id('nowhere'), 'x', 'x', pg_temp.id('rita'))
        $$),
        ('contacts', 'contacts_organization_fk', 'an organization of another tenant',
            $$update crm.contacts set organization_id = pg_temp.id('umbrella') where id = pg_temp.id('carl')$$),
        ('contacts', 'contacts_owner_fk', 'no such user',
            $$update crm.contacts set owner_id = pg_temp.id('nobody') where id = pg_temp.id('carl')$$),
        ('contacts', 'contacts_team_fk', 'a team of another tenant',
            $$update crm.contacts set team_id = pg_temp.id('south-team') where id = pg_temp.id('carl')$$),
        ('contacts', 'contacts_merged_into_fk', 'merged into a contact of another tenant',
            $$update crm.contacts set merged_into = pg_temp.id('sven') where id = pg_temp.id('arne')$$),
        ('products', 'products_tenant_fk', 'no such tenant', $$
            insert into crm.products (tenant_id, sku, name, unit_price)
            values (pg_temp.id('nowhere'), 'XX-001', 'x', 1)
        $$),
        ('opportunities', 'opportunities_organization_fk', 'an organization of another tenant',
            $$update crm.opportunities set organization_id = pg_temp.id('umbrella') where id = pg_temp.id('deal')$$),
        ('opportunities', 'opportunities_contact_fk', 'a contact of another tenant',
            $$update crm.opportunities set primary_contact_id = pg_temp.id('sven') where id = pg_temp.id('deal')$$),
        ('opportunities', 'opportunities_owner_fk', 'no such user',
            $$update crm.opportunities set owner_id = pg_temp.id('nobody') where id = pg_temp.id('deal')$$),
        ('opportunities', 'opportunities_team_fk', 'a team of another tenant',
            $$update crm.opportunities set team_id = pg_temp.id('south-team') where id = pg_temp.id('deal')$$),
        ('opportunity_stage_history', 'stage_history_opportunity_fk', 'no such opportunity', $$
            insert into crm.opportunity_stage_history (opportunity_id, to_stage) values (pg_temp.id('nothing'), 'won')
        $$),
        ('opportunity_products', 'opportunity_products_opportunity_fk', 'an opportunity of another tenant', $$
            insert into crm.opportunity_products (tenant_id, opportunity_id, product_id)
            values (pg_temp.id('north'), pg_temp.id('south-deal'), pg_temp.id('widget'))
        $$),
        ('opportunity_products', 'opportunity_products_product_fk', 'a product of another tenant', $$
            insert into crm.opportunity_products (tenant_id, opportunity_id, product_id, unit_price)
            values (pg_temp.id('north'), pg_temp.id('deal'), pg_temp.id('tool'), 1)
        $$),
        ('interactions', 'interactions_contact_fk', 'a contact of another tenant', $$
            insert into crm.interactions (tenant_id, contact_id, owner_id, kind, subject)
            values (pg_temp.id('north'), pg_temp.id('sven'), pg_temp.id('rita'), 'note', 'x')
        $$),
        ('interactions', 'interactions_opportunity_fk', 'an opportunity of another tenant',
            $$update crm.interactions set opportunity_id = pg_temp.id('south-deal') where id = pg_temp.id('call')$$),
        ('interactions', 'interactions_owner_fk', 'no such user',
            $$update crm.interactions set owner_id = pg_temp.id('nobody') where id = pg_temp.id('call')$$),
        ('tags', 'tags_tenant_fk', 'no such tenant',
            $$insert into crm.tags (tenant_id, name) values (pg_temp.id('nowhere'), 'x')$$),
        ('contact_tags', 'contact_tags_contact_fk', 'a contact of another tenant', $$
            insert into crm.contact_tags (tenant_id, contact_id, tag_id)
            values (pg_temp.id('north'), pg_temp.id('sven'), pg_temp.id('vip'))
        $$),
        ('contact_tags', 'contact_tags_tag_fk', 'a tag of another tenant', $$
            insert into crm.contact_tags (tenant_id, contact_id, tag_id)
            values (pg_temp.id('north'), pg_temp.id('carl'), pg_temp.id('south-tag'))
        $$),
        ('organization_tags', 'organization_tags_organization_fk', 'an organization of another tenant', $$
            insert into crm.organization_tags (tenant_id, organization_id, tag_id)
            values (pg_temp.id('north'), pg_temp.id('umbrella'), pg_temp.id('vip'))
        $$),
        ('organization_tags', 'organization_tags_tag_fk', 'a tag of another tenant', $$
            insert into crm.organization_tags (tenant_id, organization_id, tag_id)
            values (pg_temp.id('north'), pg_temp.id('globex'), pg_temp.id('south-tag'))
        $$)
) as dangling (relation, rule, what, statement);

-- Two keys never speak first: the row is stopped by another one before. They are told by their shape.
select fk_ok('crm', 'opportunities', 'tenant_id', 'crm', 'tenants', 'id');
select fk_ok('crm', 'opportunity_products', 'tenant_id', 'crm', 'tenants', 'id');

-- What stays because something else needs it.
insert into crm.organizations (id, tenant_id, parent_id, name, owner_id)
values
    (pg_temp.id('trunk'), pg_temp.id('north'), null, 'Trunk', pg_temp.id('rita')),
    (pg_temp.id('twig'), pg_temp.id('north'), pg_temp.id('trunk'), 'Twig', pg_temp.id('rita'));
select is(pg_temp.attempt('nobody', statement), 'error 23503', what)
from (
    values
        ('an organization with branches stays', $$delete from crm.organizations where id = pg_temp.id('trunk')$$),
        ('an organization with an opportunity stays',
            $$delete from crm.organizations where id = pg_temp.id('globex-lab')$$),
        ('a product that was sold stays', $$delete from crm.products where id = pg_temp.id('widget')$$)
) as needed (what, statement);

-- A user who owns something stays. Each of these owns one thing.
insert into auth.users (id)
select pg_temp.id('owner of ' || thing)
from unnest(array['organization', 'contact', 'opportunity', 'interaction', 'nothing']) as thing;
insert into crm.organizations (tenant_id, name, owner_id)
values (pg_temp.id('north'), 'Owned', pg_temp.id('owner of organization'));
insert into crm.contacts (tenant_id, first_name, last_name, owner_id)
values (pg_temp.id('north'), 'Owned', 'One', pg_temp.id('owner of contact'));
insert into crm.opportunities (tenant_id, organization_id, name, owner_id)
values (pg_temp.id('north'), pg_temp.id('globex'), 'Owned', pg_temp.id('owner of opportunity'));
insert into crm.interactions (tenant_id, contact_id, kind, subject, owner_id)
values (pg_temp.id('north'), pg_temp.id('carl'), 'note', 'Owned', pg_temp.id('owner of interaction'));

select is(
    pg_temp.attempt('nobody', format('delete from auth.users where id = pg_temp.id(%L)', 'owner of ' || thing)),
    wanted,
    format('the owner of %s: %s', thing, wanted)
)
from (
    values
        ('organization', 'error 23503'),
        ('contact', 'error 23503'),
        ('opportunity', 'error 23503'),
        ('interaction', 'error 23503'),
        ('nothing', '1 row')
) as owned (thing, wanted);

select * from finish();
rollback;
