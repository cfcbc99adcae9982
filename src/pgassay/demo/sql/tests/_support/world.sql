-- A small world with a row for every rule. Two tenants; the ids are pg_temp.id('label').
--
--   north (open catalogue)                            south
--     ada   admin                                       zoe  admin
--     max   manager                                       umbrella, sven, tool, south-deal, south-tag
--     rita  rep, leads team sales: owns globex, carl, deal
--     theo  rep, in team sales
--     olga  rep, in team support: owns globex-lab, dora, lab-deal
--     vic   viewer, in team sales
--     fred  was a rep: still owns frida, is no member any more
--   archived in north, owned by rita: initech, arne, old-deal

\ir personas.sql

insert into auth.users (id, email)
select pg_temp.id(name), name || '@crm-test.example'
from unnest(array['ada', 'max', 'rita', 'theo', 'olga', 'vic', 'fred', 'zoe']) as name;

insert into crm.tenants (id, name, slug, seat_limit, public_catalog)
values
    (pg_temp.id('north'), 'North', 'crm-test-north', 20, true),
    (pg_temp.id('south'), 'South', 'crm-test-south', 20, false);

insert into crm.memberships (tenant_id, user_id, role)
values
    (pg_temp.id('north'), pg_temp.id('ada'), 'admin'),
    (pg_temp.id('north'), pg_temp.id('max'), 'manager'),
    (pg_temp.id('north'), pg_temp.id('rita'), 'rep'),
    (pg_temp.id('north'), pg_temp.id('theo'), 'rep'),
    (pg_temp.id('north'), pg_temp.id('olga'), 'rep'),
    (pg_temp.id('north'), pg_temp.id('vic'), 'viewer'),
    (pg_temp.id('south'), pg_temp.id('zoe'), 'admin');

insert into crm.teams (id, tenant_id, name)
values
    (pg_temp.id('sales'), pg_temp.id('north'), 'Sales'),
    (pg_temp.id('support'), pg_temp.id('north'), 'Support'),
    (pg_temp.id('south-team'), pg_temp.id('south'), 'Everyone');

insert into crm.team_members (tenant_id, team_id, user_id, is_lead)
values
    (pg_temp.id('north'), pg_temp.id('sales'), pg_temp.id('rita'), true),
    (pg_temp.id('north'), pg_temp.id('sales'), pg_temp.id('theo'), false),
    (pg_temp.id('north'), pg_temp.id('sales'), pg_temp.id('vic'), false),
    (pg_temp.id('north'), pg_temp.id('support'), pg_temp.id('olga'), true);

insert into crm.organizations (id, tenant_id, parent_id, name, website, owner_id, team_id, deleted_at)
select
    pg_temp.id(label),
    pg_temp.id(tenant),
    pg_temp.id(parent),
    label,
    label || '.example',
    pg_temp.id(owner),
    pg_temp.id(team),
    case when archived then now() end
from (
    values
        ('globex', 'north', null, 'rita', 'sales', false),
        ('globex-lab', 'north', 'globex', 'olga', 'support', false),
        ('initech', 'north', null, 'rita', 'sales', true),
        ('umbrella', 'south', null, 'zoe', null, false)
) as o (label, tenant, parent, owner, team, archived);

insert into crm.contacts (id, tenant_id, organization_id, owner_id, team_id, first_name, last_name, email, deleted_at)
select
    pg_temp.id(label),
    pg_temp.id(tenant),
    pg_temp.id(organization),
    pg_temp.id(owner),
    pg_temp.id(team),
    initcap(label),
    'Testperson',
    label || '@crm-test.example',
    case when archived then now() end
from (
    values
        ('carl', 'north', 'globex', 'rita', 'sales', false),
        ('dora', 'north', 'globex-lab', 'olga', 'support', false),
        ('arne', 'north', 'globex', 'rita', 'sales', true),
        ('frida', 'north', null, 'fred', null, false),
        ('sven', 'south', 'umbrella', 'zoe', null, false)
) as c (label, tenant, organization, owner, team, archived);

insert into crm.products (id, tenant_id, sku, name, unit_price, is_active)
values
    (pg_temp.id('widget'), pg_temp.id('north'), 'WID-001', 'Widget', 10.00, true),
    (pg_temp.id('gadget'), pg_temp.id('north'), 'GAD-001', 'Gadget', 25.50, false),
    (pg_temp.id('tool'), pg_temp.id('south'), 'TOO-001', 'Tool', 99.00, true);

insert into crm.opportunities (
    id, tenant_id, organization_id, primary_contact_id, owner_id, team_id, name, stage, deleted_at
)
select
    pg_temp.id(label),
    pg_temp.id(tenant),
    pg_temp.id(organization),
    pg_temp.id(contact),
    pg_temp.id(owner),
    pg_temp.id(team),
    label,
    'qualified',
    case when archived then now() end
from (
    values
        ('deal', 'north', 'globex', 'carl', 'rita', 'sales', false),
        ('lab-deal', 'north', 'globex-lab', 'dora', 'olga', 'support', false),
        ('old-deal', 'north', 'globex', null, 'rita', 'sales', true),
        ('south-deal', 'south', 'umbrella', 'sven', 'zoe', null, false)
) as d (label, tenant, organization, contact, owner, team, archived);

insert into crm.opportunity_products (tenant_id, opportunity_id, product_id, quantity)
values (pg_temp.id('north'), pg_temp.id('deal'), pg_temp.id('widget'), 2);

insert into crm.interactions (id, tenant_id, contact_id, opportunity_id, owner_id, kind, subject, occurred_at)
values
    (pg_temp.id('call'), pg_temp.id('north'), pg_temp.id('carl'), pg_temp.id('deal'), pg_temp.id('rita'),
        'call', 'First call', '2024-03-01 09:00+00'),
    (pg_temp.id('lab-note'), pg_temp.id('north'), pg_temp.id('dora'), null, pg_temp.id('olga'),
        'note', 'Prefers mornings', '2024-03-02 09:00+00'),
    (pg_temp.id('fred-mail'), pg_temp.id('north'), pg_temp.id('frida'), null, pg_temp.id('fred'),
        'email', 'Goodbye', '2024-03-03 09:00+00'),
    (pg_temp.id('south-mail'), pg_temp.id('south'), pg_temp.id('sven'), null, pg_temp.id('zoe'),
        'email', 'Hello', '2024-03-04 09:00+00');

insert into crm.tags (id, tenant_id, name)
values
    (pg_temp.id('vip'), pg_temp.id('north'), 'VIP'),
    (pg_temp.id('spare'), pg_temp.id('north'), 'Spare'),
    (pg_temp.id('south-tag'), pg_temp.id('south'), 'VIP');

insert into crm.contact_tags (tenant_id, contact_id, tag_id)
values (pg_temp.id('north'), pg_temp.id('carl'), pg_temp.id('vip'));

insert into crm.organization_tags (tenant_id, organization_id, tag_id)
values (pg_temp.id('north'), pg_temp.id('globex'), pg_temp.id('vip'));
