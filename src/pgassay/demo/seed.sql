-- Data for the CRM, the same on every machine: `\set scale N` (psql -v scale=N) gives N thousand
-- contacts and what belongs to them. Nothing is random: every choice is a hash of a row's number.
-- The database is expected to be fresh; the seed is one transaction.
--
-- Skew: tenants follow a power law (the first has about a third of all), a few organizations have most
-- of the contacts, a few reps own most of the rows, a few contacts have most of the interactions.
--
-- Rows go in set by set with the user triggers off; what the triggers would have computed (amounts,
-- probabilities, the history of stages, the last contact) is computed here and inserted once. Secondary
-- indexes are built afterwards, in one go each. A superuser skips the row-by-row proof of foreign keys,
-- too, which is most of the time; tests/integration/seed_is_whole.sql proves them set by set.

\if :{?scale}
\else
\set scale 1
\endif

begin;

set local client_min_messages = warning;
set local maintenance_work_mem = '256MB';
set local work_mem = '128MB';
set local jit = off;

-- A number in [0, 1) that depends on nothing but the row and what is being chosen for it.
create function pg_temp.roll(choice integer, tenant integer, n integer) returns double precision
    language sql stable
return (hashint8extended(tenant::bigint << 32 | n, choice) & 2147483647) / 2147483648::double precision;

create function pg_temp.key(kind text, tenant integer, n integer) returns uuid
    language sql stable
return md5(kind || ' ' || tenant || '/' || n)::uuid;

create function pg_temp.moment(choice integer, tenant integer, n integer) returns timestamptz
    language sql stable
return '2022-01-03 08:00+00'::timestamptz + pg_temp.roll(choice, tenant, n) * 126144000 * interval '1 second';

create temp table seed_tenant on commit drop as
with share as (
    select t, power(t, -1.2) / sum(power(t, -1.2)) over () as share
    from generate_series(1, 3 + least(:scale / 5, 200)) as t
),
sized as (
    select
        t,
        greatest(8, round(1000 * :scale * share))::integer as contacts
    from share
)
select
    t,
    -- The first tenant takes what rounding left over, so that the total is exact.
    case t
        when 1 then 1000 * :scale - (select sum(contacts) from sized where t > 1)::integer
        else contacts
    end as contacts,
    case t when 1 then 40 when 2 then 24 else 12 end as users
from sized;

alter table seed_tenant add organizations integer, add opportunities integer, add interactions integer;
update seed_tenant
set organizations = 2 + contacts / 6,
    opportunities = 2 + contacts / 4,
    interactions = contacts + contacts / 5;

select current_setting('is_superuser') as superuser \gset
\if :superuser
set local session_replication_role = replica;
\endif
alter table crm.memberships disable trigger user;
alter table crm.organizations disable trigger user;
alter table crm.contacts disable trigger user;
alter table crm.products disable trigger user;
alter table crm.opportunities disable trigger user;
alter table crm.opportunity_products disable trigger user;
alter table crm.interactions disable trigger user;

create temp table seed_index on commit drop as
select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
from pg_index as i
join pg_class as c on c.oid = i.indrelid
where c.relnamespace = 'crm'::regnamespace
    and not exists (select from pg_constraint where conindid = i.indexrelid);

select format('drop index %s', name) from seed_index \gexec

-- Tenants, people, teams ------------------------------------------------------------------------

insert into crm.tenants (id, name, slug, plan, seat_limit, public_catalog, created_at)
select
    pg_temp.key('tenant', t, 0),
    'Tenant ' || t,
    'tenant-' || t,
    (case when t = 1 then 'enterprise' when t <= 4 then 'team' else 'free' end)::crm.tenant_plan,
    50,
    t % 3 = 1,
    '2022-01-01 00:00+00'
from seed_tenant;

insert into auth.users (id, email, created_at)
select pg_temp.key('user', t, u), 'user' || u || '@tenant-' || t || '.example', '2022-01-01 00:00+00'
from seed_tenant
cross join generate_series(1, users) as u;

insert into crm.memberships (tenant_id, user_id, role, joined_at)
select
    pg_temp.key('tenant', t, 0),
    pg_temp.key('user', t, u),
    (case when u = 1 then 'admin' when u = 2 then 'manager' when u = users then 'viewer' else 'rep' end)::crm.member_role,
    '2022-01-02 00:00+00'
from seed_tenant
cross join generate_series(1, users) as u;

insert into crm.teams (id, tenant_id, name, created_at)
select pg_temp.key('team', t, n), pg_temp.key('tenant', t, 0), team, '2022-01-02 00:00+00'
from seed_tenant
cross join unnest(array['Sales North', 'Sales South', 'Customer success']) with ordinality as team (team, n0)
cross join lateral (select n0::integer) as number (n);

insert into crm.team_members (tenant_id, team_id, user_id, is_lead)
select
    pg_temp.key('tenant', t, 0),
    pg_temp.key('team', t, 1 + u % 3),
    pg_temp.key('user', t, u),
    u between 3 and 5
from seed_tenant
cross join generate_series(3, users) as u;

-- Products and tags -----------------------------------------------------------------------------

insert into crm.products (id, tenant_id, sku, name, unit_price, is_active, created_at, updated_at)
select
    pg_temp.key('product', t, n),
    pg_temp.key('tenant', t, 0),
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
    pg_temp.key('tenant', t, 0),
    tag,
    '#' || left(md5(tag), 6),
    '2022-01-02 00:00+00'
from seed_tenant
cross join unnest(array['VIP', 'Newsletter', 'Partner', 'Competitor', 'Trade fair', 'Do not call', 'Reference', 'At risk'])
    with ordinality as tag (tag, n);

-- Organizations ---------------------------------------------------------------------------------

insert into crm.organizations (
    id, tenant_id, parent_id, name, website, industry, employee_count, annual_revenue,
    owner_id, team_id, deleted_at, created_at, updated_at
)
select
    pg_temp.key('organization', t, n),
    pg_temp.key('tenant', t, 0),
    -- A parent has a number at most a sixth of its child's: the tree is shallow and has no cycles.
    case when n > 6 and pg_temp.roll(10, t, n) < 0.3 then
        pg_temp.key('organization', t, 1 + (pg_temp.roll(11, t, n) * (n / 6 - 1))::integer)
    end,
    (array['Acme', 'Blue', 'Cedar', 'Delta', 'Ember', 'Forge', 'Granite', 'Harbor'])[1 + n % 8]
        || (array[' Works', ' Foods', ' Energy', ' Logistics', ' Labs', ' Media', ' Partners'])[1 + n % 7]
        || ' ' || n,
    case when n % 9 <> 0 then 'org-' || t || '-' || n || '.example' end,
    (array['Manufacturing', 'Retail', 'Health', 'Software', 'Energy'])[1 + (5 * pg_temp.roll(12, t, n) ^ 2)::integer % 5],
    1 + (20000 * pg_temp.roll(13, t, n) ^ 6)::integer,
    round((100000 + 500000000 * pg_temp.roll(13, t, n) ^ 6)::numeric, 2),
    pg_temp.key('user', t, owner),
    case when n % 5 <> 0 then pg_temp.key('team', t, 1 + owner % 3) end,
    case when n > 6 and n % 60 = 0 then '2025-12-31 12:00+00'::timestamptz end,
    pg_temp.moment(14, t, n),
    '2025-12-31 12:00+00'
from seed_tenant
cross join generate_series(1, organizations) as n
cross join lateral (select 3 + ((users - 4) * pg_temp.roll(15, t, n) ^ 2)::integer) as choice (owner);

-- Interactions and lines are drawn up first, for contacts and opportunities carry their sums ------

create temp table seed_interaction on commit drop as
select
    t,
    n,
    1 + ((contacts - 1) * pg_temp.roll(30, t, n) ^ 3)::integer as contact,
    (array['email', 'email', 'email', 'call', 'call', 'meeting', 'note'])[1 + (6 * pg_temp.roll(31, t, n))::integer] as kind,
    date_trunc('minute', pg_temp.moment(32, t, n)) as occurred_at
from seed_tenant
cross join generate_series(1, interactions) as n;

create temp table seed_line on commit drop as
select
    t,
    n,
    product,
    1 + (19 * pg_temp.roll(40, t, n) ^ 3)::integer as quantity,
    case when n % 7 = 0 then 10 else 0 end as discount,
    (select unit_price from crm.products where id = pg_temp.key('product', t, product)) as unit_price
from seed_tenant
cross join generate_series(1, opportunities) as n
cross join lateral (
    select distinct 1 + (19 * pg_temp.roll(41 + k, t, n))::integer as product
    from generate_series(0, n % 3) as k
) as choice;

analyze seed_interaction, seed_line;

-- Contacts --------------------------------------------------------------------------------------

insert into crm.contacts (
    id, tenant_id, organization_id, owner_id, team_id, first_name, last_name, email, phone, job_title,
    status, source, merged_into, deleted_at, last_contacted_at, created_at, updated_at
)
select
    pg_temp.key('contact', t, n),
    pg_temp.key('tenant', t, 0),
    case when n % 10 <> 0 then
        pg_temp.key('organization', t, 1 + ((organizations - 1) * pg_temp.roll(20, t, n) ^ 2)::integer)
    end,
    pg_temp.key('user', t, owner),
    case when n % 7 <> 0 then pg_temp.key('team', t, 1 + owner % 3) end,
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
) as contacted using (t, n);

insert into crm.contact_tags (tenant_id, contact_id, tag_id, added_at)
select
    pg_temp.key('tenant', t, 0),
    pg_temp.key('contact', t, n),
    pg_temp.key('tag', t, 1 + (7 * pg_temp.roll(28, t, n) ^ 2)::integer),
    '2025-12-31 12:00+00'
from seed_tenant
cross join generate_series(1, contacts) as n
where n % 5 = 1;

insert into crm.organization_tags (tenant_id, organization_id, tag_id, added_at)
select
    pg_temp.key('tenant', t, 0),
    pg_temp.key('organization', t, n),
    pg_temp.key('tag', t, 1 + (7 * pg_temp.roll(29, t, n) ^ 2)::integer),
    '2025-12-31 12:00+00'
from seed_tenant
cross join generate_series(1, organizations) as n
where n % 3 = 1;

-- Opportunities, their history and their lines ----------------------------------------------------

create temp table seed_opportunity on commit drop as
select
    t,
    n,
    pg_temp.key('opportunity', t, n) as id,
    pg_temp.key('tenant', t, 0) as tenant_id,
    stage::crm.opportunity_stage as stage,
    date_trunc('minute', pg_temp.moment(50, t, n)) as created_at,
    amount
from seed_tenant
cross join generate_series(1, opportunities) as n
cross join lateral (
    select (array['prospecting', 'prospecting', 'qualified', 'proposal', 'negotiation', 'won', 'won', 'lost', 'lost', 'lost'])[
        1 + (9 * pg_temp.roll(51, t, n))::integer
    ]
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
    pg_temp.key('user', t, owner),
    case when n % 7 <> 0 then pg_temp.key('team', t, 1 + owner % 3) end,
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
cross join lateral (select 3 + ((users - 4) * pg_temp.roll(54, t, n) ^ 2)::integer) as choice (owner);

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
    pg_temp.key('tenant', t, 0),
    pg_temp.key('opportunity', t, n),
    pg_temp.key('product', t, product),
    quantity,
    unit_price,
    discount
from seed_line;

insert into crm.interactions (
    id, tenant_id, contact_id, owner_id, kind, subject, body, duration_minutes, occurred_at, created_at
)
select
    pg_temp.key('interaction', t, n),
    pg_temp.key('tenant', t, 0),
    pg_temp.key('contact', t, contact),
    pg_temp.key('user', t, 3 + ((users - 4) * pg_temp.roll(33, t, n) ^ 2)::integer),
    kind::crm.interaction_kind,
    (array['Follow-up', 'Introduction', 'Offer sent', 'Questions on the contract', 'Renewal', 'Complaint'])[1 + n % 6],
    (array['Asked for a discount.', 'Wants a call next week.', 'Happy with the service.', ''])[1 + n % 4],
    case when kind in ('call', 'meeting') then 5 + (85 * pg_temp.roll(34, t, n) ^ 2)::integer end,
    occurred_at,
    occurred_at
from seed_interaction
join seed_tenant using (t);

select definition from seed_index order by name \gexec

alter table crm.interactions enable trigger user;
alter table crm.opportunity_products enable trigger user;
alter table crm.opportunities enable trigger user;
alter table crm.products enable trigger user;
alter table crm.contacts enable trigger user;
alter table crm.organizations enable trigger user;
alter table crm.memberships enable trigger user;

drop function pg_temp.moment(integer, integer, integer);
drop function pg_temp.key(text, integer, integer);
drop function pg_temp.roll(integer, integer, integer);

commit;

analyze;
