-- Tenants, the people in them, their teams, products and tags.

insert into crm.tenants (id, name, slug, plan, seat_limit, public_catalog, created_at, updated_at)
select
    tenant_id,
    'Tenant ' || t,
    'tenant-' || t,
    (case when t = 1 then 'enterprise' when t <= 4 then 'team' else 'free' end)::crm.tenant_plan,
    50,
    t % 3 = 1,
    '2022-01-01 00:00+00',
    '2022-01-01 00:00+00'
from seed_tenant;

insert into auth.users (id, email, created_at)
select user_ids[u], 'user' || u || '@tenant-' || t || '.example', '2022-01-01 00:00+00'
from seed_tenant
cross join generate_series(1, users) as u;

insert into crm.memberships (tenant_id, user_id, role, joined_at)
select
    tenant_id,
    user_ids[u],
    (case u when 1 then 'admin' when 2 then 'manager' when users then 'viewer' else 'rep' end)::crm.member_role,
    '2022-01-02 00:00+00'
from seed_tenant
cross join generate_series(1, users) as u;

insert into crm.teams (id, tenant_id, name, created_at)
select team_ids[n], tenant_id, team, '2022-01-02 00:00+00'
from seed_tenant
cross join unnest(array['Sales North', 'Sales South', 'Customer success']) with ordinality as team (team, n0)
cross join lateral (select n0::integer) as number (n);

insert into crm.team_members (tenant_id, team_id, user_id, is_lead)
select
    tenant_id,
    team_ids[1 + u % 3],
    user_ids[u],
    u between 3 and 5
from seed_tenant
cross join generate_series(3, users) as u;

insert into crm.products (id, tenant_id, sku, name, unit_price, is_active, created_at, updated_at)
select
    pg_temp.key('product', t, n),
    tenant_id,
    (array['LIC', 'SUP', 'TRN', 'DEV'])[1 + n % 4] || '-' || lpad(n::text, 3, '0'),
    (array['Licence', 'Support plan', 'Training', 'Device'])[1 + n % 4] || ' ' || n,
    round((10 + 990 * power(pg_temp.roll(1, t, n), 2))::numeric, 2),
    n % 10 <> 0,
    '2022-01-02 00:00+00',
    '2022-01-02 00:00+00'
from seed_tenant
cross join generate_series(1, 20) as n;

insert into crm.tags (id, tenant_id, name, color, created_at)
select
    pg_temp.key('tag', t, n::integer),
    tenant_id,
    tag,
    '#' || left(md5(tag), 6),
    '2022-01-02 00:00+00'
from seed_tenant
cross join unnest(
    array['VIP', 'Newsletter', 'Partner', 'Competitor', 'Trade fair', 'Do not call', 'Reference', 'At risk']
) with ordinality as tag (tag, n);
