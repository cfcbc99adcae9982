-- Opportunities and their history: owner, team and managers; the history follows its opportunity.
-- pgassay: critical

begin;
select plan(82);
\ir ../_support/world.sql

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        --          select    insert     update    delete    history
        ('anon',    'denied', 'denied',  'denied', 'denied', 'denied'),
        ('zoe',     '0 rows', 'refused', '0 rows', '0 rows', '0 rows'),
        ('fred',    '0 rows', 'refused', '0 rows', '0 rows', '0 rows'),
        ('vic',     '1 row',  'refused', '0 rows', '0 rows', '1 row'),
        ('olga',    '0 rows', '1 row',   '0 rows', '0 rows', '0 rows'),
        ('theo',    '1 row',  '1 row',   '0 rows', '0 rows', '1 row'),
        ('rita',    '1 row',  '1 row',   '1 row',  '0 rows', '1 row'),
        ('max',     '1 row',  '1 row',   '1 row',  '0 rows', '1 row'),
        ('ada',     '1 row',  '1 row',   '1 row',  '1 row',  '1 row'),
        ('service', '1 row',  '1 row',   '1 row',  '1 row',  '1 row')
) as matrix (persona, may_select, may_insert, may_update, may_delete, may_look_back)
cross join lateral (
    values
        ('read the deal', $$select from crm.opportunities where id = pg_temp.id('deal')$$, may_select),
        ('add an opportunity of their own', $$
            insert into crm.opportunities (tenant_id, organization_id, owner_id, name)
            values (pg_temp.id('north'), pg_temp.id('globex'), coalesce(auth.uid(), pg_temp.id('rita')), 'New')
        $$, may_insert),
        ('change the deal', $$update crm.opportunities set name = 'Big' where id = pg_temp.id('deal')$$, may_update),
        ('delete the deal', $$delete from crm.opportunities where id = pg_temp.id('deal')$$, may_delete),
        ('read the history of the deal', $$
            select from crm.opportunity_stage_history where opportunity_id = pg_temp.id('deal')
        $$, may_look_back)
) as attempt (action, statement, wanted);

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        ('rita', 'no longer sees her archived opportunity', '0 rows',
            $$select from crm.opportunities where id = pg_temp.id('old-deal')$$),
        ('rita', 'nor its history', '0 rows',
            $$select from crm.opportunity_stage_history where opportunity_id = pg_temp.id('old-deal')$$),
        ('theo', 'does not see the archived one of his team', '0 rows',
            $$select from crm.opportunities where id = pg_temp.id('old-deal')$$),
        ('max', 'sees the archived one', '1 row',
            $$select from crm.opportunities where id = pg_temp.id('old-deal')$$),
        ('max', 'sees its history', '1 row',
            $$select from crm.opportunity_stage_history where opportunity_id = pg_temp.id('old-deal')$$),
        ('olga', 'sees her own opportunity', '1 row',
            $$select from crm.opportunities where id = pg_temp.id('lab-deal')$$),
        ('zoe', 'sees her own tenant', '1 row',
            $$select from crm.opportunities where tenant_id = pg_temp.id('south')$$),
        ('ada', 'sees nothing of another tenant', '0 rows',
            $$select from crm.opportunities where tenant_id = pg_temp.id('south')$$),
        ('ada', 'sees no history of another tenant', '0 rows',
            $$select from crm.opportunity_stage_history where opportunity_id = pg_temp.id('south-deal')$$),
        ('rita', 'does not add one in the name of olga', 'refused', $$
            insert into crm.opportunities (tenant_id, organization_id, owner_id, name)
            values (pg_temp.id('north'), pg_temp.id('globex'), pg_temp.id('olga'), 'New')
        $$),
        ('max', 'does not add one in the name of rita', 'refused', $$
            insert into crm.opportunities (tenant_id, organization_id, owner_id, name)
            values (pg_temp.id('north'), pg_temp.id('globex'), pg_temp.id('rita'), 'New')
        $$),
        ('rita', 'does not add one to another tenant', 'refused', $$
            insert into crm.opportunities (tenant_id, organization_id, owner_id, name)
            values (pg_temp.id('south'), pg_temp.id('umbrella'), pg_temp.id('rita'), 'New')
        $$),
        ('rita', 'owns what she adds without naming an owner', '1 row', $$
            insert into crm.opportunities (tenant_id, organization_id, name)
            values (pg_temp.id('north'), pg_temp.id('globex'), 'New')
        $$),
        ('rita', 'does not give the deal away', 'refused',
            $$update crm.opportunities set owner_id = pg_temp.id('theo') where id = pg_temp.id('deal')$$),
        ('max', 'gives the deal to theo', '1 row',
            $$update crm.opportunities set owner_id = pg_temp.id('theo') where id = pg_temp.id('deal')$$),
        ('max', 'does not move the deal to another tenant', 'refused',
            $$update crm.opportunities set tenant_id = pg_temp.id('south') where id = pg_temp.id('lab-deal')$$)
) as special (persona, action, wanted, statement);

-- The history is written by the trigger alone, not by anyone who may change the opportunity.
select is(pg_temp.attempt(persona, statement), 'denied', format('%s does not %s', persona, action))
from
    unnest(array['rita', 'ada', 'service']) as persona,
    (
        values
            ('write history', $$
                insert into crm.opportunity_stage_history (opportunity_id, to_stage)
                values (pg_temp.id('deal'), 'won')
            $$),
            ('rewrite history', $$update crm.opportunity_stage_history set to_stage = 'won'$$),
            ('delete history', $$delete from crm.opportunity_stage_history$$)
    ) as attempt (action, statement);

select is(
    pg_temp.attempt(persona, $$truncate crm.opportunity_stage_history, crm.opportunities cascade$$),
    'denied',
    format('%s does not empty the tables', persona)
)
from unnest(array['rita', 'ada', 'service', 'anon']) as persona;

-- fred still owns one: only the tenant wall stands between him and it.
insert into crm.opportunities (id, tenant_id, organization_id, owner_id, name)
values (pg_temp.id('fred-deal'), pg_temp.id('north'), pg_temp.id('globex'), pg_temp.id('fred'), 'Left behind');

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        ('fred', 'does not see what he owned', '0 rows',
            $$select from crm.opportunities where id = pg_temp.id('fred-deal')$$),
        ('ada', 'sees what fred left behind', '1 row',
            $$select from crm.opportunities where id = pg_temp.id('fred-deal')$$),
        ('fred', 'does not change what he owned', '0 rows',
            $$update crm.opportunities set name = 'Mine' where owner_id = pg_temp.id('fred')$$)
) as special (persona, action, wanted, statement);

select * from finish();
rollback;
