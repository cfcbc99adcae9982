-- A whole sale, each step done by who does it in life: a lead comes in, becomes an opportunity, is
-- priced, negotiated, won, and reported.
-- pgassay: critical

begin;
select plan(24);
\ir ../_support/world.sql

-- Rita enters a company and a person.
select pg_temp.become('rita');
insert into crm.organizations (tenant_id, name, website, team_id)
values (pg_temp.id('north'), 'Hooli', 'hooli.example', pg_temp.id('sales'))
returning id as organization \gset
insert into crm.contacts (tenant_id, organization_id, team_id, first_name, last_name, email, source)
values (pg_temp.id('north'), :'organization', pg_temp.id('sales'), 'Gavin', 'B', 'gavin@hooli.example', 'event')
returning id as contact \gset
select results_eq(
    $$select kind, title from crm.search('hooli or gavin') order by kind$$,
    $$values ('contact', 'Gavin B'), ('organization', 'Hooli')$$,
    'what rita entered is found at once'
);

-- Theo of her team calls.
select pg_temp.become('theo');
insert into crm.interactions (tenant_id, contact_id, kind, subject, duration_minutes)
values (pg_temp.id('north'), :'contact', 'call', 'Interested in widgets', 12)
returning id as call \gset
select is(
    (select last_contacted_at from crm.contacts where id = :'contact'), now(), 'the contact knows of the call'
);
update crm.contacts set status = 'qualified' where id = :'contact';
select is(
    (select status::text from crm.contacts where id = :'contact'), 'qualified', 'theo qualifies the lead of his team'
);

-- Olga of another team sees the company, but neither the person nor the call.
select pg_temp.become('olga');
select isnt_empty(format('select from crm.organizations where id = %L', :'organization'), 'olga sees the company');
select is_empty(format('select from crm.contacts where id = %L', :'contact'), 'but not the person');
select is_empty(format('select from crm.interactions where id = %L', :'call'), 'nor the call');

-- Rita opens an opportunity and prices it.
select pg_temp.become('rita');
insert into crm.opportunities (tenant_id, organization_id, primary_contact_id, team_id, name, expected_close)
values (pg_temp.id('north'), :'organization', :'contact', pg_temp.id('sales'), 'Widgets for Hooli', current_date + 60)
returning id as opportunity, stage, probability \gset
select is(:'stage'::text, 'prospecting', 'it starts as a prospect');
insert into crm.opportunity_products (tenant_id, opportunity_id, product_id, quantity, discount)
values (pg_temp.id('north'), :'opportunity', pg_temp.id('widget'), 50, 10);
select is((select amount from crm.opportunities where id = :'opportunity'), 450.00, 'it is worth its lines');
select is(
    (select weighted_amount from crm.pipeline where stage = 'prospecting' and tenant_id = pg_temp.id('north')),
    45.00,
    'and stands in the pipeline by its probability'
);

-- The steps, one by one.
update crm.opportunities set stage = 'qualified' where id = :'opportunity';
update crm.opportunities set stage = 'proposal' where id = :'opportunity';
update crm.opportunities set stage = 'negotiation' where id = :'opportunity';
update crm.opportunity_products set discount = 20 where opportunity_id = :'opportunity';
select is(
    (select amount from crm.opportunities where id = :'opportunity'), 400.00, 'what is negotiated changes the amount'
);
select is(
    pg_temp.attempt('rita', format('select crm.archive_contact(%L)', :'contact')),
    'error CRM41',
    'while it is open, the contact is kept'
);
select pg_temp.become('rita');
update crm.opportunities set stage = 'won' where id = :'opportunity';
update crm.contacts set status = 'customer' where id = :'contact';
select results_eq(
    format(
        'select to_stage::text from crm.opportunity_stage_history where opportunity_id = %L order by id',
        :'opportunity'
    ),
    $$values ('prospecting'), ('qualified'), ('proposal'), ('negotiation'), ('won')$$,
    'the history tells the whole way'
);
select is_empty(
    format(
        'select from crm.opportunity_stage_history where opportunity_id = %L and changed_by <> auth.uid()',
        :'opportunity'
    ),
    'and that rita went it'
);
select throws_ok(
    format('delete from crm.opportunity_products where opportunity_id = %L', :'opportunity'),
    'CRM23', null, 'what is won stays priced'
);
select lives_ok(format('select crm.archive_contact(%L)', :'contact'), 'now the contact may be archived');

-- Max reads the report, ada the log.
select pg_temp.become('max');
select results_eq(
    format('select contacts, open_amount, won_amount from crm.organization_summary where id = %L', :'organization'),
    $$values (0::bigint, 0.00, 400.00)$$,
    'the report has the money and no archived person'
);
select is_empty('select from crm.audit_log', 'a manager does not read the log');
select pg_temp.become('ada');
select set_eq(
    format('select distinct action from crm.audit_log where row_id = %L', :'opportunity'),
    $$values ('INSERT'), ('UPDATE')$$,
    'an admin reads how it came about'
);
select is(
    (
        select array_agg(changes -> 'stage' ->> 1 order by id)
        from crm.audit_log
        where row_id = :'opportunity' and changes ? 'stage' and action = 'UPDATE'
    ),
    array['qualified', 'proposal', 'negotiation', 'won'],
    'with each stage'
);
select is_empty(
    format(
        'select from crm.audit_log where row_id = %L and actor_id is distinct from %L',
        :'opportunity',
        pg_temp.id('rita')
    ),
    'and who it was'
);

-- Nobody outside ever saw any of it.
select pg_temp.become('zoe');
select is_empty(format('select from crm.organizations where id = %L', :'organization'), 'zoe saw no company');
select is_empty(format('select from crm.opportunities where id = %L', :'opportunity'), 'no opportunity');
select is_empty($$select * from crm.search('hooli')$$, 'and finds nothing');
select is(
    (select count(*) from crm.pipeline where stage = 'won' and tenant_id = pg_temp.id('north')),
    0::bigint,
    'and no money'
);

select * from finish();
rollback;
