-- Contacts and all tags. A contact knows when it was last talked to, so seed_interaction is there before.

insert into crm.contacts (
    id, tenant_id, organization_id, owner_id, team_id, first_name, last_name, email, phone, job_title,
    status, source, merged_into, deleted_at, last_contacted_at, created_at, updated_at
)
select
    pg_temp.key('contact', t, n),
    tenant_id,
    case when n % 10 <> 0 then
        pg_temp.key('organization', t, 1 + ((organizations - 1) * pg_temp.roll(20, t, n) ^ 2)::integer)
    end,
    user_ids[owner],
    case when n % 7 <> 0 then team_ids[1 + owner % 3] end,
    first_name,
    last_name,
    case when n % 8 <> 0 then lower(first_name || '.' || last_name) || '.' || n || '@tenant-' || t || '.example' end,
    case when n % 3 <> 0 then '+49' || (1000000000 + (8999999999 * pg_temp.roll(21, t, n))::bigint) end,
    (array['Engineer', 'Buyer', 'Head of purchasing', 'Managing director', 'Assistant', 'Consultant'])[1 + n % 6],
    (case
        when pg_temp.roll(22, t, n) < 0.55 then 'lead'
        when pg_temp.roll(22, t, n) < 0.75 then 'qualified'
        when pg_temp.roll(22, t, n) < 0.93 then 'customer'
        else 'churned'
    end)::crm.contact_status,
    (array['import', 'import', 'web', 'web', 'manual', 'referral', 'event'])[1 + (6 * pg_temp.roll(23, t, n))::integer],
    case when n % 400 = 0 then pg_temp.key('contact', t, n - 1) end,
    case when n % 40 = 0 then '2025-12-30 12:00+00'::timestamptz end,
    contacted.last_at,
    pg_temp.moment(24, t, n),
    '2025-12-31 12:00+00'
from seed_tenant
cross join generate_series(1, contacts) as n
cross join lateral (
    select
        3 + ((users - 4) * pg_temp.roll(25, t, n) ^ 2)::integer,
        (array[
            'Anna', 'Ben', 'Clara', 'David', 'Elif', 'Femi', 'Greta', 'Hiro', 'Ines', 'Jonas', 'Katja', 'Liam',
            'Mara', 'Noah', 'Olu', 'Paula', 'Quentin', 'Rosa', 'Samir', 'Tilda', 'Uwe', 'Vera', 'Wen', 'Yara'
        ])[1 + (23 * pg_temp.roll(26, t, n))::integer],
        (array[
            'Adler', 'Baker', 'Costa', 'Diaz', 'Evans', 'Fischer', 'Garcia', 'Haddad', 'Ito', 'Jansen', 'Kaya',
            'Lopez', 'Meyer', 'Nowak', 'Okafor', 'Petrov', 'Quinn', 'Rossi', 'Schmidt', 'Tanaka', 'Ueda', 'Vogel',
            'Wagner', 'Young', 'Zhang', 'Berg', 'Holm', 'Lind', 'Stone', 'Wood'
        ])[1 + (29 * pg_temp.roll(27, t, n))::integer]
) as choice (owner, first_name, last_name)
left join (
    select t, contact as n, max(occurred_at) filter (where kind <> 'note') as last_at
    from seed_interaction
    group by t, contact
) as contacted using (t, n)
order by 1;

insert into crm.contact_tags (tenant_id, contact_id, tag_id, added_at)
select
    tenant_id,
    pg_temp.key('contact', t, n),
    pg_temp.key('tag', t, 1 + (7 * pg_temp.roll(28, t, n) ^ 2)::integer),
    '2025-12-31 12:00+00'
from seed_tenant
cross join generate_series(1, contacts) as n
where n % 5 = 1;

insert into crm.organization_tags (tenant_id, organization_id, tag_id, added_at)
select
    tenant_id,
    pg_temp.key('organization', t, n),
    pg_temp.key('tag', t, 1 + (7 * pg_temp.roll(29, t, n) ^ 2)::integer),
    '2025-12-31 12:00+00'
from seed_tenant
cross join generate_series(1, organizations) as n
where n % 3 = 1;
