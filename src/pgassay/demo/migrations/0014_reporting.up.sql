-- What the start page shows, as views with the rights of whoever looks.

create view crm.pipeline with (security_invoker = true) as
select
    tenant_id,
    stage,
    count(*) as opportunities,
    sum(amount) as total_amount,
    round(sum(amount * probability / 100.0), 2) as weighted_amount
from crm.opportunities
where deleted_at is null
group by tenant_id, stage;

create view crm.contact_overview with (security_invoker = true) as
select
    c.tenant_id,
    c.id,
    c.first_name || ' ' || c.last_name as full_name,
    c.email,
    c.status,
    o.name as organization,
    c.last_contacted_at,
    (
        select count(*)
        from crm.opportunities as p
        where p.tenant_id = c.tenant_id
            and p.primary_contact_id = c.id
            and p.closed_at is null
            and p.deleted_at is null
    ) as open_opportunities
from crm.contacts as c
left join crm.organizations as o on o.tenant_id = c.tenant_id and o.id = c.organization_id
where c.deleted_at is null;

create view crm.organization_summary with (security_invoker = true) as
select
    o.tenant_id,
    o.id,
    o.name,
    (
        select count(*)
        from crm.contacts as c
        where c.tenant_id = o.tenant_id
            and c.organization_id = o.id
            and c.deleted_at is null
    ) as contacts,
    coalesce(p.open_amount, 0) as open_amount,
    coalesce(p.won_amount, 0) as won_amount
from crm.organizations as o
left join lateral (
    select
        sum(amount) filter (where closed_at is null) as open_amount,
        sum(amount) filter (where stage = 'won') as won_amount
    from crm.opportunities as d
    where d.tenant_id = o.tenant_id
        and d.organization_id = o.id
        and d.deleted_at is null
) as p on true
where o.deleted_at is null;

grant select on crm.pipeline, crm.contact_overview, crm.organization_summary to authenticated, service_role;
