-- Products: the tenant reads, managers write, and the world reads an open catalogue.
-- pgassay: critical

begin;
select plan(51);
\ir ../_support/world.sql

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        --          select    insert     update    delete
        ('anon',    '1 row',  'denied',  'denied', 'denied'),
        ('zoe',     '0 rows', 'refused', '0 rows', '0 rows'),
        ('fred',    '0 rows', 'refused', '0 rows', '0 rows'),
        ('vic',     '1 row',  'refused', '0 rows', '0 rows'),
        ('olga',    '1 row',  'refused', '0 rows', '0 rows'),
        ('theo',    '1 row',  'refused', '0 rows', '0 rows'),
        ('rita',    '1 row',  'refused', '0 rows', '0 rows'),
        ('max',     '1 row',  '1 row',   '1 row',  '1 row'),
        ('ada',     '1 row',  '1 row',   '1 row',  '1 row'),
        ('service', '1 row',  '1 row',   '1 row',  '1 row')
) as matrix (persona, may_select, may_insert, may_update, may_delete)
cross join lateral (
    values
        ('read the widget', $$select from crm.products where id = pg_temp.id('widget')$$, may_select),
        ('add a product', $$
            insert into crm.products (tenant_id, sku, name, unit_price)
            values (pg_temp.id('north'), 'NEW-001', 'New', 1)
        $$, may_insert),
        ('change the price of the widget', $$
            update crm.products set unit_price = 11 where id = pg_temp.id('widget')
        $$, may_update),
        ('delete the gadget, which was never sold', $$
            delete from crm.products where id = pg_temp.id('gadget')
        $$, may_delete)
) as attempt (action, statement, wanted);

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        ('anon', 'does not see what is no longer sold', '0 rows',
            $$select from crm.products where id = pg_temp.id('gadget')$$),
        ('anon', 'does not see a catalogue that is not open', '0 rows',
            $$select from crm.products where tenant_id = pg_temp.id('south')$$),
        ('rita', 'sees what is no longer sold', '1 row',
            $$select from crm.products where id = pg_temp.id('gadget')$$),
        ('zoe', 'sees her own products although her catalogue is closed', '1 row',
            $$select from crm.products where tenant_id = pg_temp.id('south')$$),
        ('ada', 'does not see products of another tenant', '0 rows',
            $$select from crm.products where tenant_id = pg_temp.id('south')$$),
        ('max', 'does not move a product to another tenant', 'refused',
            $$update crm.products set tenant_id = pg_temp.id('south') where id = pg_temp.id('gadget')$$)
) as special (persona, action, wanted, statement);

-- The switch is the tenant's own.
select is(
    pg_temp.attempt('ada', $$update crm.tenants set public_catalog = false where id = pg_temp.id('north')$$),
    '1 row',
    'an admin may close the catalogue'
);
update crm.tenants set public_catalog = false where id = pg_temp.id('north');
select is(
    pg_temp.attempt('anon', $$select from crm.products where tenant_id = pg_temp.id('north')$$),
    '0 rows',
    'a closed catalogue shows nothing to anon'
);
update crm.tenants set public_catalog = true where id = pg_temp.id('south');
select is(
    pg_temp.attempt('anon', $$select from crm.products where tenant_id = pg_temp.id('south')$$),
    '1 row',
    'an opened catalogue shows its product to anon'
);
select is(
    pg_temp.attempt('zoe', $$select from crm.products where tenant_id = pg_temp.id('north')$$),
    '0 rows',
    'the open catalogue of one tenant is not part of another tenant''s list'
);
update crm.products set is_active = false where id = pg_temp.id('tool');
select is(
    pg_temp.attempt('anon', $$select from crm.products where id = pg_temp.id('tool')$$),
    '0 rows',
    'a product taken out of sale leaves the open catalogue'
);

select * from finish();
rollback;
