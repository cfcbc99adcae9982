-- Interactions, from their draft.

insert into crm.interactions (
    id, tenant_id, contact_id, owner_id, kind, subject, body, duration_minutes, occurred_at, created_at
)
select
    pg_temp.key('interaction', t, n),
    tenant_id,
    pg_temp.key('contact', t, contact),
    user_ids[3 + ((users - 4) * pg_temp.roll(33, t, n) ^ 2)::integer],
    kind::crm.interaction_kind,
    (array['Follow-up', 'Introduction', 'Offer sent', 'Questions on the contract', 'Renewal', 'Complaint'])[1 + n % 6],
    (array['Asked for a discount.', 'Wants a call next week.', 'Happy with the service.', ''])[1 + n % 4],
    case when kind in ('call', 'meeting') then 5 + (85 * pg_temp.roll(34, t, n) ^ 2)::integer end,
    occurred_at,
    occurred_at
from seed_interaction
join seed_tenant using (t)
order by 1;
