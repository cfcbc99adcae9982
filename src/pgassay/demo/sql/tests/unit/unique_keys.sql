-- What may exist only once, and beside it what may well exist twice.

begin;
select plan(43);
\ir ../_support/world.sql

select is(pg_temp.attempt('nobody', statement), wanted, what)
from (
    values
        ('a slug belongs to one tenant', 'error 23505',
            $$insert into crm.tenants (name, slug) values ('Copy', 'crm-test-north')$$),
        ('two tenants may have one name', '1 row',
            $$insert into crm.tenants (name, slug) values ('North', 'crm-test-copy')$$),
        ('a user is a member of a tenant once', 'error 23505',
            $$insert into crm.memberships values (pg_temp.id('north'), pg_temp.id('rita'), 'viewer')$$),
        ('a user may be a member of two tenants', '1 row',
            $$insert into crm.memberships values (pg_temp.id('south'), pg_temp.id('rita'), 'viewer')$$),
        ('a team has its name to itself in the tenant', 'error 23505',
            $$insert into crm.teams (tenant_id, name) values (pg_temp.id('north'), 'Sales')$$),
        ('another tenant may have a team of that name', '1 row',
            $$insert into crm.teams (tenant_id, name) values (pg_temp.id('south'), 'Sales')$$),
        ('a user is in a team once', 'error 23505', $$
            insert into crm.team_members (tenant_id, team_id, user_id)
            values (pg_temp.id('north'), pg_temp.id('sales'), pg_temp.id('theo'))
        $$),
        ('a user may be in two teams', '1 row', $$
            insert into crm.team_members (tenant_id, team_id, user_id)
            values (pg_temp.id('north'), pg_temp.id('support'), pg_temp.id('theo'))
        $$),
        ('a team has one lead', 'error 23505',
            $$update crm.team_members set is_lead = true where user_id = pg_temp.id('theo')$$),
        ('a user may lead two teams', '1 row', $$
            insert into crm.team_members (tenant_id, team_id, user_id, is_lead)
            values (pg_temp.id('south'), pg_temp.id('south-team'), pg_temp.id('zoe'), true)
        $$),
        ('a website belongs to one live organization of the tenant', 'error 23505', $$
            insert into crm.organizations (tenant_id, name, website, owner_id)
            values (pg_temp.id('north'), 'Copy', 'globex.example', pg_temp.id('rita'))
        $$),
        ('the website of an archived organization is free', '1 row', $$
            insert into crm.organizations (tenant_id, name, website, owner_id)
            values (pg_temp.id('north'), 'Copy', 'initech.example', pg_temp.id('rita'))
        $$),
        ('another tenant may know the same website', '1 row', $$
            insert into crm.organizations (tenant_id, name, website, owner_id)
            values (pg_temp.id('south'), 'Copy', 'globex.example', pg_temp.id('zoe'))
        $$),
        ('an address belongs to one live contact of the tenant', 'error 23505', $$
            insert into crm.contacts (tenant_id, first_name, last_name, email, owner_id)
            values (pg_temp.id('north'), 'Copy', 'Cat', 'carl@crm-test.example', pg_temp.id('rita'))
        $$),
        ('whatever its case', 'error 23505', $$
            insert into crm.contacts (tenant_id, first_name, last_name, email, owner_id)
            values (pg_temp.id('north'), 'Copy', 'Cat', 'Carl@CRM-Test.example', pg_temp.id('rita'))
        $$),
        ('the address of an archived contact is free', '1 row', $$
            insert into crm.contacts (tenant_id, first_name, last_name, email, owner_id)
            values (pg_temp.id('north'), 'Copy', 'Cat', 'arne@crm-test.example', pg_temp.id('rita'))
        $$),
        ('another tenant may know the same address', '1 row', $$
            insert into crm.contacts (tenant_id, first_name, last_name, email, owner_id)
            values (pg_temp.id('south'), 'Copy', 'Cat', 'carl@crm-test.example', pg_temp.id('zoe'))
        $$),
        ('two contacts may have no address', '2 rows', $$
            insert into crm.contacts (tenant_id, first_name, last_name, owner_id)
            values
                (pg_temp.id('north'), 'Copy', 'Cat', pg_temp.id('rita')),
                (pg_temp.id('north'), 'Copy', 'Cat', pg_temp.id('rita'))
        $$),
        ('an article number belongs to one product of the tenant', 'error 23505', $$
            insert into crm.products (tenant_id, sku, name, unit_price)
            values (pg_temp.id('north'), 'WID-001', 'Copy', 1)
        $$),
        ('another tenant may use the same article number', '1 row', $$
            insert into crm.products (tenant_id, sku, name, unit_price)
            values (pg_temp.id('south'), 'WID-001', 'Copy', 1)
        $$),
        ('a product is on one line of an opportunity', 'error 23505', $$
            insert into crm.opportunity_products (tenant_id, opportunity_id, product_id)
            values (pg_temp.id('north'), pg_temp.id('deal'), pg_temp.id('widget'))
        $$),
        ('a product may be on lines of two opportunities', '1 row', $$
            insert into crm.opportunity_products (tenant_id, opportunity_id, product_id)
            values (pg_temp.id('north'), pg_temp.id('lab-deal'), pg_temp.id('widget'))
        $$),
        ('a tag has its name to itself, whatever its case', 'error 23505',
            $$insert into crm.tags (tenant_id, name) values (pg_temp.id('north'), 'vip')$$),
        ('another tenant may have the same tag', '1 row',
            $$insert into crm.tags (tenant_id, name) values (pg_temp.id('south'), 'Spare')$$),
        ('a contact has a tag once', 'error 23505', $$
            insert into crm.contact_tags (tenant_id, contact_id, tag_id)
            values (pg_temp.id('north'), pg_temp.id('carl'), pg_temp.id('vip'))
        $$),
        ('an organization has a tag once', 'error 23505', $$
            insert into crm.organization_tags (tenant_id, organization_id, tag_id)
            values (pg_temp.id('north'), pg_temp.id('globex'), pg_temp.id('vip'))
        $$)
) as once (what, wanted, statement);

-- An id is an id.
select is(
    pg_temp.attempt('nobody', format(
        'update crm.%I set id = (select id from crm.%1$I limit 1 offset 1) '
            || 'where id = (select id from crm.%1$I limit 1)',
        relation
    )),
    'error 23505',
    format('no two rows of %s share an id', relation)
)
from unnest(array['tenants', 'teams', 'organizations', 'contacts', 'products', 'opportunities', 'interactions', 'tags'])
    as relation;

-- Identity columns are numbered by the server; even with the number given, it is taken once.
select is(
    pg_temp.attempt('nobody', $$
        insert into crm.audit_log (id, tenant_id, table_name, row_id, action, changes)
        overriding system value
        select id, tenant_id, table_name, row_id, action, changes from crm.audit_log limit 1
    $$),
    'error 23505',
    'no two entries of the audit log share a number'
);
select is(
    pg_temp.attempt('nobody', $$
        insert into crm.opportunity_stage_history (id, opportunity_id, to_stage)
        overriding system value
        select id, opportunity_id, to_stage from crm.opportunity_stage_history limit 1
    $$),
    'error 23505',
    'no two steps share a number'
);
select is(
    pg_temp.attempt('nobody', $$
        insert into crm.opportunity_stage_history (id, opportunity_id, to_stage)
        values (1, pg_temp.id('deal'), 'won')
    $$),
    'error 428C9',
    'a step is not numbered by hand'
);

-- The keys that foreign keys of other tables refer to.
select col_is_unique('crm', relation, array['tenant_id', 'id'], relation || ' is referred to by tenant and id')
from unnest(array['teams', 'organizations', 'contacts', 'products', 'opportunities', 'tags']) as relation;

select * from finish();
rollback;
