-- Enough rows in the tenant north for the planner to have a choice, and the statistics to choose by.
-- Include it after world.sql. ANALYZE leaves its row counts in pg_class even after a ROLLBACK, so a
-- file that includes this asks for a clone. Triggers and foreign keys rest meanwhile: what they would add
-- and that matters to plans, the history and the log, is added here.

set local session_replication_role = replica;

insert into auth.users (id)
select pg_temp.id('volume user ' || n) from generate_series(1, 200) as n;

insert into crm.memberships (tenant_id, user_id)
select pg_temp.id('north'), pg_temp.id('volume user ' || n) from generate_series(1, 200) as n;

insert into crm.teams (id, tenant_id, name)
select pg_temp.id('volume team ' || n), pg_temp.id('north'), 'Team ' || n from generate_series(1, 40) as n;

insert into crm.team_members (tenant_id, team_id, user_id, is_lead)
select pg_temp.id('north'), pg_temp.id('volume team ' || t), pg_temp.id('volume user ' || (t * 7 + k) % 200 + 1), k = 1
from generate_series(1, 40) as t, generate_series(1, 15) as k;

insert into crm.organizations (id, tenant_id, parent_id, name, website, owner_id, team_id)
select
    pg_temp.id('volume organization ' || n),
    pg_temp.id('north'),
    case when n > 50 then pg_temp.id('volume organization ' || n % 50 + 1) end,
    md5(n::text),
    'volume-' || n || '.example',
    pg_temp.id('volume user ' || n % 200 + 1),
    pg_temp.id('volume team ' || n % 40 + 1)
from generate_series(1, 400) as n;

insert into crm.contacts (
    id, tenant_id, organization_id, owner_id, team_id, first_name, last_name, email, deleted_at, merged_into
)
select
    pg_temp.id('volume contact ' || n),
    pg_temp.id('north'),
    pg_temp.id('volume organization ' || n % 400 + 1),
    pg_temp.id('volume user ' || n % 200 + 1),
    pg_temp.id('volume team ' || n % 40 + 1),
    md5('first ' || n),
    md5('last ' || n),
    'volume' || n || '@crm-test.example',
    case when n % 50 = 0 then now() end,
    case when n % 50 = 0 then pg_temp.id('volume contact 1') end
from generate_series(1, 2000) as n;

insert into crm.products (id, tenant_id, sku, name, unit_price)
select pg_temp.id('volume product ' || n), pg_temp.id('north'), 'VOL-' || 1000 + n, 'Product ' || n, n
from generate_series(1, 100) as n;

insert into crm.opportunities (
    id, tenant_id, organization_id, primary_contact_id, owner_id, team_id, name, probability, expected_close
)
select
    pg_temp.id('volume opportunity ' || n),
    pg_temp.id('north'),
    pg_temp.id('volume organization ' || n % 400 + 1),
    pg_temp.id('volume contact ' || n),
    pg_temp.id('volume user ' || n % 200 + 1),
    pg_temp.id('volume team ' || n % 40 + 1),
    'Opportunity ' || n,
    10,
    '2025-01-01'::date + n
from generate_series(1, 800) as n;

insert into crm.opportunity_stage_history (opportunity_id, to_stage)
select pg_temp.id('volume opportunity ' || n), 'prospecting' from generate_series(1, 800) as n;

insert into crm.opportunity_products (tenant_id, opportunity_id, product_id, unit_price)
select pg_temp.id('north'), pg_temp.id('volume opportunity ' || n), pg_temp.id('volume product ' || n % 100 + 1), 1
from generate_series(1, 800) as n;

insert into crm.interactions (tenant_id, contact_id, opportunity_id, owner_id, kind, subject, occurred_at)
select
    pg_temp.id('north'),
    pg_temp.id('volume contact ' || n % 400 + 1),
    pg_temp.id('volume opportunity ' || n % 800 + 1),
    pg_temp.id('volume user ' || n % 200 + 1),
    'note',
    'Interaction ' || n,
    '2024-01-01'::timestamptz + n * interval '1 hour'
from generate_series(1, 2000) as n;

insert into crm.tags (id, tenant_id, name)
select pg_temp.id('volume tag ' || n), pg_temp.id('north'), 'Tag ' || n from generate_series(1, 200) as n;

insert into crm.contact_tags (tenant_id, contact_id, tag_id)
select pg_temp.id('north'), pg_temp.id('volume contact ' || n), pg_temp.id('volume tag ' || n % 200 + 1)
from generate_series(1, 1500) as n;

insert into crm.organization_tags (tenant_id, organization_id, tag_id)
select pg_temp.id('north'), pg_temp.id('volume organization ' || n), pg_temp.id('volume tag ' || n % 200 + 1)
from generate_series(1, 400) as n;

insert into crm.audit_log (tenant_id, table_name, row_id, action, changes, happened_at)
select
    pg_temp.id('north'),
    'contacts',
    pg_temp.id('volume contact ' || n),
    'INSERT',
    '{}',
    '2024-01-01'::timestamptz + n * interval '1 hour'
from generate_series(1, 2000) as n;

set local session_replication_role = origin;

analyze
    auth.users,
    crm.tenants,
    crm.memberships,
    crm.teams,
    crm.team_members,
    crm.organizations,
    crm.contacts,
    crm.products,
    crm.opportunities,
    crm.opportunity_stage_history,
    crm.opportunity_products,
    crm.interactions,
    crm.tags,
    crm.contact_tags,
    crm.organization_tags,
    crm.audit_log;
