-- What a row gets without being told. Each table receives a row with the least that it takes, inserted
-- by a signed-in user where the default asks who that is.

begin;
select plan(56);
\ir ../_support/world.sql

insert into crm.tenants (name, slug) values ('Defaults', 'crm-test-defaults')
returning id, plan, seat_limit, public_catalog, created_at = now() as created, updated_at = now() as updated
\gset tenant_
select isnt(:'tenant_id'::uuid, null::uuid, 'a tenant gets an id');
select is(:'tenant_plan'::text, 'free', 'a tenant starts on the free plan');
select is(:'tenant_seat_limit'::text, '5', 'a tenant starts with five seats');
select is(:'tenant_public_catalog'::text, 'f', 'a catalogue starts closed');
select is(:'tenant_created'::text, 't', 'tenants.created_at is now');
select is(:'tenant_updated'::text, 't', 'tenants.updated_at is now');

insert into crm.memberships (tenant_id, user_id) values (:'tenant_id', pg_temp.id('fred'))
returning role, joined_at = now() as joined
\gset member_
select is(:'member_role'::text, 'rep', 'a member is a rep');
select is(:'member_joined'::text, 't', 'memberships.joined_at is now');

insert into crm.teams (tenant_id, name) values (:'tenant_id', 'Team')
returning id, created_at = now() as created
\gset team_
select isnt(:'team_id'::uuid, null::uuid, 'a team gets an id');
select is(:'team_created'::text, 't', 'teams.created_at is now');

insert into crm.team_members (tenant_id, team_id, user_id) values (:'tenant_id', :'team_id', pg_temp.id('fred'))
returning is_lead
\gset team_
select is(:'team_is_lead'::text, 'f', 'a team member does not lead');

insert into crm.products (tenant_id, sku, name, unit_price) values (pg_temp.id('north'), 'DEF-001', 'Default', 1)
returning id, currency, is_active, created_at = now() as created, updated_at = now() as updated
\gset product_
select isnt(:'product_id'::uuid, null::uuid, 'a product gets an id');
select is(:'product_currency'::text, 'EUR', 'a product is priced in euros');
select is(:'product_is_active'::text, 't', 'a product is for sale');
select is(:'product_created'::text, 't', 'products.created_at is now');
select is(:'product_updated'::text, 't', 'products.updated_at is now');

insert into crm.tags (tenant_id, name) values (pg_temp.id('north'), 'Default')
returning id, color, created_at = now() as created
\gset tag_
select isnt(:'tag_id'::uuid, null::uuid, 'a tag gets an id');
select is(:'tag_color'::text, '#808080', 'a tag is grey');
select is(:'tag_created'::text, 't', 'tags.created_at is now');

-- From here on it matters who asks.
select pg_temp.become('max');

insert into crm.organizations (tenant_id, name) values (pg_temp.id('north'), 'Default')
returning id, owner_id, created_at = now() as created, updated_at = now() as updated
\gset organization_
select isnt(:'organization_id'::uuid, null::uuid, 'an organization gets an id');
select is(:'organization_owner_id'::uuid, pg_temp.id('max'), 'an organization belongs to who adds it');
select is(:'organization_created'::text, 't', 'organizations.created_at is now');
select is(:'organization_updated'::text, 't', 'organizations.updated_at is now');

insert into crm.contacts (tenant_id, first_name, last_name) values (pg_temp.id('north'), 'De', 'Fault')
returning id, owner_id, status, source, created_at = now() as created, updated_at = now() as updated,
    last_contacted_at is null as unknown, search
\gset contact_
select isnt(:'contact_id'::uuid, null::uuid, 'a contact gets an id');
select is(:'contact_owner_id'::uuid, pg_temp.id('max'), 'a contact belongs to who adds it');
select is(:'contact_status'::text, 'lead', 'a contact starts as a lead');
select is(:'contact_source'::text, 'manual', 'a contact was entered by hand');
select is(:'contact_created'::text, 't', 'contacts.created_at is now');
select is(:'contact_updated'::text, 't', 'contacts.updated_at is now');
select is(:'contact_unknown'::text, 't', 'nobody has talked to a new contact');
select is(:'contact_search'::tsvector, $$'de':1A 'fault':2A$$::tsvector, 'a contact is found by its names at once');

insert into crm.opportunities (tenant_id, organization_id, name)
values (pg_temp.id('north'), :'organization_id', 'Default')
returning id, owner_id, stage, amount, currency, probability, created_at = now() as created,
    updated_at = now() as updated
\gset opportunity_
select isnt(:'opportunity_id'::uuid, null::uuid, 'an opportunity gets an id');
select is(:'opportunity_owner_id'::uuid, pg_temp.id('max'), 'an opportunity belongs to who adds it');
select is(:'opportunity_stage'::text, 'prospecting', 'an opportunity starts as a prospect');
select is(:'opportunity_amount'::text, '0.00', 'an opportunity is worth nothing yet');
select is(:'opportunity_currency'::text, 'EUR', 'an opportunity counts in euros');
select is(:'opportunity_probability'::text, '10', 'its probability is that of its stage');
select is(:'opportunity_created'::text, 't', 'opportunities.created_at is now');
select is(:'opportunity_updated'::text, 't', 'opportunities.updated_at is now');

select changed_by, changed_at = now() as now
from crm.opportunity_stage_history
where opportunity_id = :'opportunity_id'
\gset step_
select is(:'step_changed_by'::uuid, pg_temp.id('max'), 'a step is taken by who is signed in');
select is(:'step_now'::text, 't', 'a step is taken now');

insert into crm.opportunity_products (tenant_id, opportunity_id, product_id)
values (pg_temp.id('north'), :'opportunity_id', :'product_id')
returning quantity, unit_price, discount, line_total
\gset line_
select is(:'line_quantity'::text, '1', 'a line is for one piece');
select is(:'line_discount'::text, '0.00', 'a line has no discount');
select is(:'line_unit_price'::text, '1.00', 'a line has the price of its product');
select is(:'line_line_total'::text, '1.00', 'a line knows its total');

insert into crm.interactions (tenant_id, contact_id, kind, subject)
values (pg_temp.id('north'), :'contact_id', 'note', 'Default')
returning id, owner_id, body, occurred_at = now() as occurred, created_at = now() as created
\gset interaction_
select isnt(:'interaction_id'::uuid, null::uuid, 'an interaction gets an id');
select is(:'interaction_owner_id'::uuid, pg_temp.id('max'), 'an interaction belongs to who logs it');
select is(:'interaction_body'::text, '', 'an interaction may go without a text');
select is(:'interaction_occurred'::text, 't', 'interactions.occurred_at is now');
select is(:'interaction_created'::text, 't', 'interactions.created_at is now');

insert into crm.contact_tags (tenant_id, contact_id, tag_id) values (pg_temp.id('north'), :'contact_id', :'tag_id')
returning added_by, added_at = now() as added
\gset tie_
select is(:'tie_added_by'::uuid, pg_temp.id('max'), 'a contact is tagged by who is signed in');
select is(:'tie_added'::text, 't', 'contact_tags.added_at is now');

insert into crm.organization_tags (tenant_id, organization_id, tag_id)
values (pg_temp.id('north'), :'organization_id', :'tag_id')
returning added_by, added_at = now() as added
\gset tie_
select is(:'tie_added_by'::uuid, pg_temp.id('max'), 'an organization is tagged by who is signed in');
select is(:'tie_added'::text, 't', 'organization_tags.added_at is now');

select pg_temp.become('nobody');
select actor_id, happened_at = now() as now
from crm.audit_log
where row_id = :'contact_id' and action = 'INSERT'
\gset log_
select is(:'log_actor_id'::uuid, pg_temp.id('max'), 'the log knows who is signed in');
select is(:'log_now'::text, 't', 'audit_log.happened_at is now');

select * from finish();
rollback;
