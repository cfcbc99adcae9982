-- Organizations, in shallow trees.

insert into crm.organizations (
    id, tenant_id, parent_id, name, website, industry, employee_count, annual_revenue,
    owner_id, team_id, deleted_at, created_at, updated_at
)
select
    pg_temp.key('organization', t, n),
    tenant_id,
    -- A parent has a number at most a sixth of its child's: the tree is shallow and has no cycles.
    case when n > 6 and pg_temp.roll(10, t, n) < 0.3 then
        pg_temp.key('organization', t, 1 + (pg_temp.roll(11, t, n) * (n / 6 - 1))::integer)
    end,
    (array['Acme', 'Blue', 'Cedar', 'Delta', 'Ember', 'Forge', 'Granite', 'Harbor'])[1 + n % 8]
        || (array[' Works', ' Foods', ' Energy', ' Logistics', ' Labs', ' Media', ' Partners'])[1 + n % 7]
        || ' ' || n,
    case when n % 9 <> 0 then 'org-' || t || '-' || n || '.example' end,
    (array['Manufacturing', 'Retail', 'Health', 'Software', 'Energy'])[
        1 + (4 * pg_temp.roll(12, t, n) ^ 2)::integer
    ],
    1 + (20000 * pg_temp.roll(13, t, n) ^ 6)::integer,
    round((100000 + 500000000 * pg_temp.roll(13, t, n) ^ 6)::numeric, 2),
    user_ids[owner],
    case when n % 5 <> 0 then team_ids[1 + owner % 3] end,
    case when n > 6 and n % 60 = 0 then '2025-12-31 12:00+00'::timestamptz end,
    pg_temp.moment(14, t, n),
    '2025-12-31 12:00+00'
from seed_tenant
cross join generate_series(1, organizations) as n
cross join lateral (select 3 + ((users - 4) * pg_temp.roll(15, t, n) ^ 2)::integer) as choice (owner)
order by 1;
