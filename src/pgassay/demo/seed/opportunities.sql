-- Opportunities, their history and their lines. An amount is the sum of lines, so seed_line is there before.

create temp table seed_opportunity on commit drop as
select
    t,
    n,
    pg_temp.key('opportunity', t, n) as id,
    tenant_id,
    stage::crm.opportunity_stage as stage,
    date_trunc('minute', pg_temp.moment(50, t, n)) as created_at,
    amount
from seed_tenant
cross join generate_series(1, opportunities) as n
cross join lateral (
    select (array[
        'prospecting', 'prospecting', 'qualified', 'proposal', 'negotiation', 'won', 'won', 'lost', 'lost', 'lost'
    ])[1 + (9 * pg_temp.roll(51, t, n))::integer]
) as choice (stage)
join (
    select t, n, sum(round(quantity * unit_price * (100 - discount) / 100, 2)) as amount
    from seed_line
    group by t, n
) as total using (t, n);

insert into crm.opportunities (
    id, tenant_id, organization_id, primary_contact_id, owner_id, team_id, name, stage, probability, amount,
    expected_close, closed_at, lost_reason, deleted_at, created_at, updated_at
)
select
    o.id,
    o.tenant_id,
    pg_temp.key('organization', t, 1 + ((organizations - 1) * pg_temp.roll(52, t, n) ^ 2)::integer),
    case when n % 6 <> 0 then pg_temp.key('contact', t, 1 + ((contacts - 1) * pg_temp.roll(53, t, n))::integer) end,
    user_ids[owner],
    case when n % 7 <> 0 then team_ids[1 + owner % 3] end,
    'Opportunity ' || n,
    stage,
    private.stage_probability(stage),
    amount,
    (created_at + interval '90 days')::date,
    case when stage in ('won', 'lost') then created_at + interval '60 days' end,
    case when stage = 'lost' then (array['price', 'timing', 'competitor', 'no decision'])[1 + n % 4] end,
    case when n % 50 = 0 then '2025-12-31 12:00+00'::timestamptz end,
    created_at,
    '2025-12-31 12:00+00'
from seed_opportunity as o
join seed_tenant using (t)
cross join lateral (select 3 + ((users - 4) * pg_temp.roll(54, t, n) ^ 2)::integer) as choice (owner)
order by 1;

-- The steps that lead to each stage; a lost one is lost from where it stood.
insert into crm.opportunity_stage_history (opportunity_id, from_stage, to_stage, changed_at)
select
    o.id,
    path.steps[step - 1],
    path.steps[step],
    o.created_at + (step - 1) * interval '15 days'
from seed_opportunity as o
join (
    values
        ('prospecting'::crm.opportunity_stage, '{prospecting}'::crm.opportunity_stage[]),
        ('qualified', '{prospecting,qualified}'),
        ('proposal', '{prospecting,qualified,proposal}'),
        ('negotiation', '{prospecting,qualified,proposal,negotiation}'),
        ('won', '{prospecting,qualified,proposal,negotiation,won}'),
        ('lost', '{prospecting,qualified,lost}')
) as path (stage, steps) using (stage)
cross join lateral generate_subscripts(path.steps, 1) as step
order by o.t, o.n, step;

insert into crm.opportunity_products (tenant_id, opportunity_id, product_id, quantity, unit_price, discount)
select
    tenant_id,
    pg_temp.key('opportunity', t, n),
    pg_temp.key('product', t, product),
    quantity,
    unit_price,
    discount
from seed_line
join seed_tenant using (t)
order by 2;
