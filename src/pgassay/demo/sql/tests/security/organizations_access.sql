-- Organizations: everyone in the tenant reads the live ones, owners and managers write.
-- pgassay: critical

begin;
select plan(54);
\ir ../_support/world.sql

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        --          select    insert     update    delete
        ('anon',    'denied', 'denied',  'denied', 'denied'),
        ('zoe',     '0 rows', 'refused', '0 rows', '0 rows'),
        ('fred',    '0 rows', 'refused', '0 rows', '0 rows'),
        ('vic',     '1 row',  'refused', '0 rows', '0 rows'),
        ('olga',    '1 row',  '1 row',   '1 row',  '0 rows'),
        ('theo',    '1 row',  '1 row',   '0 rows', '0 rows'),
        ('rita',    '1 row',  '1 row',   '0 rows', '0 rows'),
        ('max',     '1 row',  '1 row',   '1 row',  '0 rows'),
        ('ada',     '1 row',  '1 row',   '1 row',  '1 row'),
        ('service', '1 row',  '1 row',   '1 row',  '1 row')
) as matrix (persona, may_select, may_insert, may_update, may_delete)
cross join lateral (
    values
        ('read globex-lab', $$select from crm.organizations where id = pg_temp.id('globex-lab')$$,
            may_select),
        ('add an organization of their own', $$
            insert into crm.organizations (tenant_id, owner_id, name)
            values (pg_temp.id('north'), coalesce(auth.uid(), pg_temp.id('rita')), 'New')
        $$, may_insert),
        ('change globex-lab', $$update crm.organizations set industry = 'Labs' where id = pg_temp.id('globex-lab')$$,
            may_update),
        ('delete an organization that nothing refers to',
            $$delete from crm.organizations where id = pg_temp.id('initech')$$, may_delete)
) as attempt (action, statement, wanted);

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        ('rita', 'does not see initech, archived, although she owns it', '0 rows',
            $$select from crm.organizations where id = pg_temp.id('initech')$$),
        ('max', 'sees initech although archived', '1 row',
            $$select from crm.organizations where id = pg_temp.id('initech')$$),
        ('zoe', 'sees her own tenant', '1 row',
            $$select from crm.organizations where tenant_id = pg_temp.id('south')$$),
        ('ada', 'sees nothing of another tenant', '0 rows',
            $$select from crm.organizations where tenant_id = pg_temp.id('south')$$),
        ('vic', 'sees every live organization', '2 rows',
            $$select from crm.organizations where tenant_id = pg_temp.id('north')$$),
        ('rita', 'changes globex, which she owns', '1 row',
            $$update crm.organizations set industry = 'Oil' where id = pg_temp.id('globex')$$),
        ('rita', 'does not add one in the name of olga', 'refused', $$
            insert into crm.organizations (tenant_id, owner_id, name)
            values (pg_temp.id('north'), pg_temp.id('olga'), 'New')
        $$),
        ('max', 'does not add one in the name of rita', 'refused', $$
            insert into crm.organizations (tenant_id, owner_id, name)
            values (pg_temp.id('north'), pg_temp.id('rita'), 'New')
        $$),
        ('rita', 'does not add one to another tenant', 'refused', $$
            insert into crm.organizations (tenant_id, owner_id, name)
            values (pg_temp.id('south'), pg_temp.id('rita'), 'New')
        $$),
        ('olga', 'owns what she adds without naming an owner', '1 row',
            $$insert into crm.organizations (tenant_id, name) values (pg_temp.id('north'), 'New')$$),
        ('rita', 'does not give globex away', 'refused',
            $$update crm.organizations set owner_id = pg_temp.id('olga') where id = pg_temp.id('globex')$$),
        ('max', 'gives globex to olga', '1 row',
            $$update crm.organizations set owner_id = pg_temp.id('olga') where id = pg_temp.id('globex')$$),
        ('max', 'does not move an organization to another tenant', 'refused',
            $$update crm.organizations set tenant_id = pg_temp.id('south') where id = pg_temp.id('globex-lab')$$),
        ('rita', 'does not archive globex by a plain update', 'refused',
            $$update crm.organizations set deleted_at = now() where id = pg_temp.id('globex')$$)
) as special (persona, action, wanted, statement);

select * from finish();
rollback;
