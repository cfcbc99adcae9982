-- Tenants and memberships: who sees whom, and who may invite, promote and remove.
-- pgassay: critical

begin;
select plan(89);
\ir ../_support/world.sql

insert into auth.users (id) values (pg_temp.id('nina'));

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        --          select    rename    plan      insert    delete
        ('anon',    'denied', 'denied', 'denied', 'denied', 'denied'),
        ('zoe',     '0 rows', '0 rows', 'denied', 'denied', 'denied'),
        ('fred',    '0 rows', '0 rows', 'denied', 'denied', 'denied'),
        ('vic',     '1 row',  '0 rows', 'denied', 'denied', 'denied'),
        ('rita',    '1 row',  '0 rows', 'denied', 'denied', 'denied'),
        ('max',     '1 row',  '0 rows', 'denied', 'denied', 'denied'),
        ('ada',     '1 row',  '1 row',  'denied', 'denied', 'denied'),
        ('service', '1 row',  '1 row',  '1 row',  '1 row',  '1 row')
) as matrix (persona, may_select, may_rename, may_upgrade, may_insert, may_delete)
cross join lateral (
    values
        ('read the tenant', $$select from crm.tenants where id = pg_temp.id('north')$$, may_select),
        ('rename the tenant', $$update crm.tenants set name = 'Nord' where id = pg_temp.id('north')$$, may_rename),
        ('change the plan', $$update crm.tenants set plan = 'team' where id = pg_temp.id('north')$$, may_upgrade),
        ('found a tenant', $$insert into crm.tenants (name, slug) values ('East', 'crm-test-east')$$, may_insert),
        ('delete the tenant', $$delete from crm.tenants where id = pg_temp.id('north')$$, may_delete)
) as attempt (action, statement, wanted);

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        --          select    insert     update    delete
        ('anon',    'denied', 'denied',  'denied', 'denied'),
        ('zoe',     '0 rows', 'refused', '0 rows', '0 rows'),
        ('fred',    '0 rows', 'refused', '0 rows', '0 rows'),
        ('vic',     '0 rows', 'refused', '0 rows', '0 rows'),
        ('rita',    '1 row',  'refused', '0 rows', '0 rows'),
        ('max',     '1 row',  'refused', '0 rows', '0 rows'),
        ('ada',     '1 row',  '1 row',   '1 row',  '1 row'),
        ('service', '1 row',  '1 row',   '1 row',  '1 row')
) as matrix (persona, may_select, may_insert, may_update, may_delete)
cross join lateral (
    values
        ('read that theo is a member', $$
            select from crm.memberships where tenant_id = pg_temp.id('north') and user_id = pg_temp.id('theo')
        $$, may_select),
        ('invite nina', $$
            insert into crm.memberships (tenant_id, user_id) values (pg_temp.id('north'), pg_temp.id('nina'))
        $$, may_insert),
        ('promote theo', $$
            update crm.memberships
            set role = 'manager'
            where tenant_id = pg_temp.id('north') and user_id = pg_temp.id('theo')
        $$, may_update),
        ('remove theo', $$
            delete from crm.memberships where tenant_id = pg_temp.id('north') and user_id = pg_temp.id('theo')
        $$, may_delete)
) as attempt (action, statement, wanted);

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        ('vic', 'sees his own membership', '1 row',
            $$select from crm.memberships where tenant_id = pg_temp.id('north')$$),
        ('rita', 'sees all colleagues', '6 rows',
            $$select from crm.memberships where tenant_id = pg_temp.id('north')$$),
        ('rita', 'does not see who is in another tenant', '0 rows',
            $$select from crm.memberships where tenant_id = pg_temp.id('south')$$),
        ('rita', 'does not promote herself', '0 rows',
            $$update crm.memberships set role = 'admin' where user_id = pg_temp.id('rita')$$),
        ('max', 'does not promote himself', '0 rows',
            $$update crm.memberships set role = 'admin' where user_id = pg_temp.id('max')$$),
        ('vic', 'leaves the tenant', '1 row',
            $$delete from crm.memberships where user_id = pg_temp.id('vic')$$),
        ('theo', 'leaves the tenant, and takes nobody along', '1 row',
            $$delete from crm.memberships where tenant_id = pg_temp.id('north')$$),
        ('ada', 'does not invite into another tenant', 'refused',
            $$insert into crm.memberships (tenant_id, user_id) values (pg_temp.id('south'), pg_temp.id('nina'))$$),
        ('ada', 'does not move a member to another tenant', 'refused',
            $$update crm.memberships set tenant_id = pg_temp.id('south') where user_id = pg_temp.id('vic')$$),
        ('ada', 'does not see another tenant', '0 rows',
            $$select from crm.tenants where id = pg_temp.id('south')$$),
        ('zoe', 'sees her tenant', '1 row',
            $$select from crm.tenants where id = pg_temp.id('south')$$),
        ('ada', 'opens the catalogue', '1 row',
            $$update crm.tenants set public_catalog = true where id = pg_temp.id('north')$$),
        ('max', 'does not open the catalogue', '0 rows',
            $$update crm.tenants set public_catalog = true where id = pg_temp.id('north')$$),
        ('ada', 'does not raise the seat limit', 'denied',
            $$update crm.tenants set seat_limit = 1000 where id = pg_temp.id('north')$$),
        ('ada', 'does not change the slug', 'denied',
            $$update crm.tenants set slug = 'other' where id = pg_temp.id('north')$$),
        ('anon', 'does not learn the roles of anyone', 'denied', $$select role from crm.memberships$$),
        ('anon', 'does not list users', 'denied', $$select from auth.users$$)
) as special (persona, action, wanted, statement);

select * from finish();
rollback;
