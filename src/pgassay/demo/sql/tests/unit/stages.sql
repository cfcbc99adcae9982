-- The stages of an opportunity: which may follow which, what a step changes, and what it leaves behind.

begin;
select plan(70);
\ir ../_support/world.sql

-- All 36 pairs.
select is(
    private.stage_may_follow(from_stage::crm.opportunity_stage, to_stage::crm.opportunity_stage),
    to_stage = any (followers::text[]),
    format(
        '%s %s be followed by %s',
        from_stage,
        case when to_stage = any (followers::text[]) then 'may' else 'may not' end,
        to_stage
    )
)
from (
    values
        ('prospecting', '{qualified,lost}'),
        ('qualified', '{proposal,lost}'),
        ('proposal', '{qualified,negotiation,lost}'),
        ('negotiation', '{proposal,won,lost}'),
        ('won', '{}'),
        ('lost', '{prospecting}')
) as rule (from_stage, followers)
cross join unnest(enum_range(null::crm.opportunity_stage)::text[]) as to_stage;

select is(
    private.stage_probability(stage::crm.opportunity_stage),
    probability,
    format('%s means %s %%', stage, probability)
)
from (
    values
        ('prospecting', 10), ('qualified', 25), ('proposal', 50), ('negotiation', 75), ('won', 100), ('lost', 0)
) as expected (stage, probability);

-- Where an opportunity may start.
create function pg_temp.start(stage text) returns text
    language sql
return pg_temp.attempt('rita', format(
    $$
        insert into crm.opportunities (tenant_id, organization_id, name, stage, closed_at, lost_reason)
        values (pg_temp.id('north'), pg_temp.id('globex'), 'New', %L, %s, %L)
    $$,
    stage,
    case when stage in ('won', 'lost') then 'now()' else 'null' end,
    case when stage = 'lost' then 'price' end
));
select is(pg_temp.start(stage), wanted, format('starting as %s: %s', stage, wanted))
from (
    values
        ('prospecting', '1 row'),
        ('qualified', '1 row'),
        ('proposal', 'error CRM20'),
        ('negotiation', 'error CRM20'),
        ('won', 'error CRM20'),
        ('lost', 'error CRM20')
) as expected (stage, wanted);

-- The way to a won opportunity, one step after the other. The deal stands at qualified.
select row_eq(
    $$select stage, probability, closed_at from crm.opportunities where id = pg_temp.id('deal')$$,
    row('qualified'::crm.opportunity_stage, 25, null::timestamptz),
    'the deal is qualified, and its probability was set when it was made'
);
select throws_ok(
    $$update crm.opportunities set stage = 'won' where id = pg_temp.id('deal')$$,
    'CRM21', 'won does not follow qualified', 'no step is skipped'
);
update crm.opportunities set stage = 'proposal' where id = pg_temp.id('deal');
select row_eq(
    $$select stage, probability, closed_at from crm.opportunities where id = pg_temp.id('deal')$$,
    row('proposal'::crm.opportunity_stage, 50, null::timestamptz),
    'a proposal is likely by half and open'
);
update crm.opportunities set probability = 60 where id = pg_temp.id('deal');
select is(
    (select probability from crm.opportunities where id = pg_temp.id('deal')),
    60,
    'between steps the probability may be judged by hand'
);
update crm.opportunities set stage = 'negotiation' where id = pg_temp.id('deal');
select is(
    (select probability from crm.opportunities where id = pg_temp.id('deal')),
    75,
    'the next step sets it anew'
);

prepare win_for_nothing as
    update crm.opportunities set stage = 'won' where id = pg_temp.id('lab-deal');
update crm.opportunities set stage = 'proposal' where id = pg_temp.id('lab-deal');
update crm.opportunities set stage = 'negotiation' where id = pg_temp.id('lab-deal');
select throws_ok(
    'win_for_nothing', 'CRM22', 'an opportunity is not won without an amount', 'nothing is won for nothing'
);
update crm.opportunities set amount = 0.01 where id = pg_temp.id('lab-deal');
select lives_ok('win_for_nothing', 'a cent is an amount');

update crm.opportunities set stage = 'won' where id = pg_temp.id('deal');
select row_eq(
    $$select stage, probability, closed_at from crm.opportunities where id = pg_temp.id('deal')$$,
    row('won'::crm.opportunity_stage, 100, now()),
    'won is certain and closed now'
);
select throws_ok(
    $$update crm.opportunities set amount = amount + 1 where id = pg_temp.id('deal')$$,
    'CRM23', 'the amount of a closed opportunity is settled', 'a won amount stays'
);
select lives_ok(
    $$update crm.opportunities set name = 'Our best' where id = pg_temp.id('deal')$$,
    'the rest of a closed opportunity may still be written'
);
select lives_ok(
    $$update crm.opportunities set amount = amount, stage = stage where id = pg_temp.id('deal')$$,
    'writing the same amount again is no change'
);
select throws_ok(
    $$
        update crm.opportunity_products set quantity = 3
        where opportunity_id = pg_temp.id('deal')
    $$,
    'CRM23', 'the amount of a closed opportunity is settled', 'the lines of a won opportunity stay, too'
);

select results_eq(
    $$
        select from_stage::text, to_stage::text
        from crm.opportunity_stage_history
        where opportunity_id = pg_temp.id('deal')
        order by id
    $$,
    $$
        values
            (null, 'qualified'),
            ('qualified', 'proposal'),
            ('proposal', 'negotiation'),
            ('negotiation', 'won')
    $$,
    'the history has every step once, and nothing for what was no step'
);

-- Losing, and being reopened.
insert into crm.opportunities (id, tenant_id, organization_id, owner_id, team_id, name)
values (
    pg_temp.id('second'), pg_temp.id('north'), pg_temp.id('globex'), pg_temp.id('rita'), pg_temp.id('sales'), 'Second'
);

select throws_ok(
    $$update crm.opportunities set stage = 'lost' where id = pg_temp.id('second')$$,
    '23514', null, 'nothing is lost without a reason'
);
update crm.opportunities set stage = 'lost', lost_reason = 'price' where id = pg_temp.id('second');
select row_eq(
    $$select stage, probability, closed_at, lost_reason from crm.opportunities where id = pg_temp.id('second')$$,
    row('lost'::crm.opportunity_stage, 0, now(), 'price'::text),
    'lost is closed, with its reason'
);

select is(
    pg_temp.attempt(persona, $$
        update crm.opportunities set stage = 'prospecting' where id = pg_temp.id('second')
    $$),
    wanted,
    format('%s reopening a lost opportunity: %s', persona, wanted)
)
from (
    values
        ('rita', 'denied'),
        ('theo', '0 rows'),
        ('max', '1 row'),
        ('ada', '1 row'),
        ('zoe', '0 rows')
) as expected (persona, wanted);

select pg_temp.become('max');
update crm.opportunities set stage = 'prospecting' where id = pg_temp.id('second');
select pg_temp.become('nobody');
select row_eq(
    $$select stage, probability, closed_at, lost_reason from crm.opportunities where id = pg_temp.id('second')$$,
    row('prospecting'::crm.opportunity_stage, 10, null::timestamptz, null::text),
    'reopened it is open again, and the reason is gone'
);
select results_eq(
    $$
        select from_stage::text, to_stage::text, changed_by
        from crm.opportunity_stage_history
        where opportunity_id = pg_temp.id('second')
        order by id
    $$,
    $$
        values
            (null, 'prospecting', null),
            ('prospecting', 'lost', null),
            ('lost', 'prospecting', pg_temp.id('max'))
    $$,
    'the history says who reopened it'
);

select * from finish();
rollback;
