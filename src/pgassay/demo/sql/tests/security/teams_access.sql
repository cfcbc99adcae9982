-- Teams and their members: seen by the tenant, arranged by managers; everyone may leave a team.
-- pgassay: critical

begin;
select plan(74);
\ir ../_support/world.sql

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        --          select    insert     update    delete
        ('anon',    'denied', 'denied',  'denied', 'denied'),
        ('zoe',     '0 rows', 'refused', '0 rows', '0 rows'),
        ('fred',    '0 rows', 'refused', '0 rows', '0 rows'),
        ('vic',     '1 row',  'refused', '0 rows', '0 rows'),
        ('rita',    '1 row',  'refused', '0 rows', '0 rows'),
        ('max',     '1 row',  '1 row',   '1 row',  '1 row'),
        ('ada',     '1 row',  '1 row',   '1 row',  '1 row'),
        ('service', '1 row',  '1 row',   '1 row',  '1 row')
) as matrix (persona, may_select, may_insert, may_update, may_delete)
cross join lateral (
    values
        ('read a team', $$select from crm.teams where id = pg_temp.id('support')$$, may_select),
        ('found a team', $$insert into crm.teams (tenant_id, name) values (pg_temp.id('north'), 'New')$$, may_insert),
        ('rename a team', $$update crm.teams set name = 'Care' where id = pg_temp.id('support')$$, may_update),
        ('dissolve a team', $$delete from crm.teams where id = pg_temp.id('support')$$, may_delete)
) as attempt (action, statement, wanted);

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        --          select    insert     update    delete
        ('anon',    'denied', 'denied',  'denied', 'denied'),
        ('zoe',     '0 rows', 'refused', '0 rows', '0 rows'),
        ('fred',    '0 rows', 'refused', '0 rows', '0 rows'),
        ('vic',     '1 row',  'refused', '0 rows', '0 rows'),
        ('rita',    '1 row',  'refused', '0 rows', '0 rows'),
        ('max',     '1 row',  '1 row',   '1 row',  '1 row'),
        ('ada',     '1 row',  '1 row',   '1 row',  '1 row'),
        ('service', '1 row',  '1 row',   '1 row',  '1 row')
) as matrix (persona, may_select, may_insert, may_update, may_delete)
cross join lateral (
    values
        ('read that olga is in support', $$
            select from crm.team_members where team_id = pg_temp.id('support')
        $$, may_select),
        ('put theo into support', $$
            insert into crm.team_members (tenant_id, team_id, user_id)
            values (pg_temp.id('north'), pg_temp.id('support'), pg_temp.id('theo'))
        $$, may_insert),
        ('take the lead from olga', $$
            update crm.team_members set is_lead = false where user_id = pg_temp.id('olga')
        $$, may_update),
        ('take olga out of support', $$
            delete from crm.team_members where user_id = pg_temp.id('olga')
        $$, may_delete)
) as attempt (action, statement, wanted);

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        ('theo', 'leaves a team', '1 row', $$delete from crm.team_members where user_id = pg_temp.id('theo')$$),
        ('theo', 'takes nobody along', '1 row', $$delete from crm.team_members where team_id = pg_temp.id('sales')$$),
        ('rita', 'does not make herself a member of support', 'refused', $$
            insert into crm.team_members (tenant_id, team_id, user_id)
            values (pg_temp.id('north'), pg_temp.id('support'), pg_temp.id('rita'))
        $$),
        ('zoe', 'sees the team of her tenant', '1 row',
            $$select from crm.teams where tenant_id = pg_temp.id('south')$$),
        ('ada', 'sees no team of another tenant', '0 rows',
            $$select from crm.teams where tenant_id = pg_temp.id('south')$$),
        ('max', 'founds no team in another tenant', 'refused',
            $$insert into crm.teams (tenant_id, name) values (pg_temp.id('south'), 'New')$$),
        ('max', 'moves no team to another tenant', 'refused',
            $$update crm.teams set tenant_id = pg_temp.id('south') where id = pg_temp.id('support')$$),
        ('max', 'puts nobody into a team who is no member of the tenant', 'error 23503', $$
            insert into crm.team_members (tenant_id, team_id, user_id)
            values (pg_temp.id('north'), pg_temp.id('support'), pg_temp.id('fred'))
        $$),
        ('max', 'puts nobody into the team of another tenant', 'error 23503', $$
            insert into crm.team_members (tenant_id, team_id, user_id)
            values (pg_temp.id('north'), pg_temp.id('south-team'), pg_temp.id('theo'))
        $$),
        ('rita', 'sees all members of all teams', '4 rows',
            $$select from crm.team_members where tenant_id = pg_temp.id('north')$$)
) as special (persona, action, wanted, statement);

select * from finish();
rollback;
