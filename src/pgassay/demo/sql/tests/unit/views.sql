-- The reporting views: what they add up, what they leave out, and whose eyes they see with.

begin;
select plan(28);
\ir ../_support/world.sql

-- Pipeline. The deal is worth 20 at 25 %; a second one of the same stage makes it a sum.
insert into crm.opportunities (id, tenant_id, organization_id, primary_contact_id, owner_id, name, amount)
values (
    pg_temp.id('third'), pg_temp.id('north'), pg_temp.id('globex'), pg_temp.id('carl'), pg_temp.id('rita'),
    'Third', 99.99
);
update crm.opportunities set amount = 1000 where id = pg_temp.id('old-deal');
update crm.opportunities set amount = 80 where id = pg_temp.id('lab-deal');

select results_eq(
    $$
        select stage::text, opportunities, total_amount, weighted_amount
        from crm.pipeline
        where tenant_id = pg_temp.id('north')
        order by stage
    $$,
    $$values ('prospecting', 1::bigint, 99.99, 10.00), ('qualified', 2, 100.00, 25.00)$$,
    'the pipeline counts, sums and weighs each stage, without what is archived'
);
select results_eq(
    $$select opportunities, total_amount from crm.pipeline where tenant_id = pg_temp.id('south')$$,
    $$values (1::bigint, 0.00)$$,
    'each tenant has its own'
);
select is(
    pg_temp.attempt(persona, $$select * from crm.pipeline where tenant_id = pg_temp.id('north')$$),
    wanted,
    format('%s sees %s of the pipeline', persona, wanted)
)
from (
    values ('anon', 'denied'), ('zoe', '0 rows'), ('fred', '0 rows'), ('theo', '1 row'), ('max', '2 rows')
) as reach (persona, wanted);
select pg_temp.become('olga');
select is(
    (select total_amount from crm.pipeline where tenant_id = pg_temp.id('north')),
    80.00,
    'a rep sees the sum of her own'
);
select pg_temp.become('nobody');

-- Contact overview.
select results_eq(
    $$
        select full_name, email::text, status::text, organization, last_contacted_at, open_opportunities
        from crm.contact_overview
        where id = pg_temp.id('carl')
    $$,
    $$
        values (
            'Carl Testperson', 'carl@crm-test.example', 'lead', 'globex', '2024-03-01 09:00+00'::timestamptz, 2::bigint
        )
    $$,
    'the overview of a contact has its organization, its last contact and its open opportunities'
);
select results_eq(
    $$select organization, open_opportunities from crm.contact_overview where id = pg_temp.id('frida')$$,
    $$values (null::text, 0::bigint)$$,
    'a contact without an organization is there, too'
);
select is_empty(
    $$select from crm.contact_overview where id = pg_temp.id('arne')$$,
    'an archived contact is not'
);
update crm.opportunities set stage = 'lost', lost_reason = 'price' where id = pg_temp.id('third');
select is(
    (select open_opportunities from crm.contact_overview where id = pg_temp.id('carl')),
    1::bigint,
    'a lost opportunity is not open'
);
update crm.opportunities set deleted_at = now() where id = pg_temp.id('deal');
select is(
    (select open_opportunities from crm.contact_overview where id = pg_temp.id('carl')),
    0::bigint,
    'an archived one neither'
);
update crm.opportunities set deleted_at = null where id = pg_temp.id('deal');
select is(
    pg_temp.attempt(persona, $$select * from crm.contact_overview where tenant_id = pg_temp.id('north')$$),
    wanted,
    format('%s sees %s of the overview', persona, wanted)
)
from (
    values ('anon', 'denied'), ('zoe', '0 rows'), ('fred', '0 rows'), ('rita', '1 row'), ('max', '3 rows')
) as reach (persona, wanted);

-- Organization summary.
select results_eq(
    $$
        select name, contacts, open_amount, won_amount
        from crm.organization_summary
        where tenant_id = pg_temp.id('north')
        order by name
    $$,
    $$values ('globex', 1::bigint, 20.00, 0.00), ('globex-lab', 1, 80.00, 0.00)$$,
    'the summary counts live contacts and open money of live organizations'
);
update crm.opportunities set stage = 'proposal' where id = pg_temp.id('lab-deal');
update crm.opportunities set stage = 'negotiation' where id = pg_temp.id('lab-deal');
update crm.opportunities set stage = 'won' where id = pg_temp.id('lab-deal');
select results_eq(
    $$select open_amount, won_amount from crm.organization_summary where id = pg_temp.id('globex-lab')$$,
    $$values (0.00, 80.00)$$,
    'won money is no longer open'
);
update crm.opportunities set deleted_at = now() where id in (pg_temp.id('lab-deal'), pg_temp.id('deal'));
select results_eq(
    $$
        select open_amount, won_amount
        from crm.organization_summary
        where id in (pg_temp.id('globex-lab'), pg_temp.id('globex'))
    $$,
    $$values (0.00, 0.00), (0.00, 0.00)$$,
    'archived money counts nowhere'
);
update crm.contacts set deleted_at = now() where id = pg_temp.id('carl');
select is(
    (select contacts from crm.organization_summary where id = pg_temp.id('globex')),
    0::bigint,
    'archived people count nowhere'
);
select is_empty(
    $$select from crm.organization_summary where id = pg_temp.id('initech')$$,
    'an archived organization has no summary'
);
select is(
    pg_temp.attempt(persona, $$select * from crm.organization_summary where tenant_id = pg_temp.id('north')$$),
    wanted,
    format('%s sees %s of the summary', persona, wanted)
)
from (
    values ('anon', 'denied'), ('zoe', '0 rows'), ('fred', '0 rows'), ('vic', '2 rows'), ('max', '2 rows')
) as reach (persona, wanted);

select * from finish();
rollback;
