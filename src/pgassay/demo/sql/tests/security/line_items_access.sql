-- The lines of an opportunity: seen with it, written by its owner and by managers.
-- pgassay: critical

begin;
select plan(48);
\ir ../_support/world.sql

insert into crm.products (id, tenant_id, sku, name, unit_price)
values (pg_temp.id('bolt'), pg_temp.id('north'), 'BOL-001', 'Bolt', 0.10);

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        --          select    insert     update    delete
        ('anon',    'denied', 'denied',  'denied', 'denied'),
        ('zoe',     '0 rows', 'refused', '0 rows', '0 rows'),
        ('fred',    '0 rows', 'refused', '0 rows', '0 rows'),
        ('vic',     '1 row',  'refused', '0 rows', '0 rows'),
        ('olga',    '0 rows', 'refused', '0 rows', '0 rows'),
        ('theo',    '1 row',  'refused', '0 rows', '0 rows'),
        ('rita',    '1 row',  '1 row',   '1 row',  '1 row'),
        ('max',     '1 row',  '1 row',   '1 row',  '1 row'),
        ('ada',     '1 row',  '1 row',   '1 row',  '1 row'),
        ('service', '1 row',  '1 row',   '1 row',  '1 row')
) as matrix (persona, may_select, may_insert, may_update, may_delete)
cross join lateral (
    values
        ('read the lines of the deal', $$
            select from crm.opportunity_products where opportunity_id = pg_temp.id('deal')
        $$, may_select),
        ('add a line to the deal', $$
            insert into crm.opportunity_products (tenant_id, opportunity_id, product_id, quantity)
            values (pg_temp.id('north'), pg_temp.id('deal'), pg_temp.id('bolt'), 100)
        $$, may_insert),
        ('change a line of the deal', $$
            update crm.opportunity_products set discount = 5 where opportunity_id = pg_temp.id('deal')
        $$, may_update),
        ('delete a line of the deal', $$
            delete from crm.opportunity_products where opportunity_id = pg_temp.id('deal')
        $$, may_delete)
) as attempt (action, statement, wanted);

insert into crm.opportunity_products (tenant_id, opportunity_id, product_id)
values
    (pg_temp.id('north'), pg_temp.id('old-deal'), pg_temp.id('bolt')),
    (pg_temp.id('south'), pg_temp.id('south-deal'), pg_temp.id('tool'));

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        ('rita', 'does not see lines of an opportunity that she archived', '0 rows',
            $$select from crm.opportunity_products where opportunity_id = pg_temp.id('old-deal')$$),
        ('max', 'sees them', '1 row',
            $$select from crm.opportunity_products where opportunity_id = pg_temp.id('old-deal')$$),
        ('ada', 'sees no lines of another tenant', '0 rows',
            $$select from crm.opportunity_products where tenant_id = pg_temp.id('south')$$),
        ('zoe', 'sees the lines of her tenant', '1 row',
            $$select from crm.opportunity_products where tenant_id = pg_temp.id('south')$$),
        ('max', 'adds no line to another tenant', 'refused', $$
            insert into crm.opportunity_products (tenant_id, opportunity_id, product_id)
            values (pg_temp.id('south'), pg_temp.id('south-deal'), pg_temp.id('tool'))
        $$),
        ('max', 'moves no line to another tenant', 'refused', $$
            update crm.opportunity_products
            set tenant_id = pg_temp.id('south')
            where opportunity_id = pg_temp.id('deal')
        $$),
        ('rita', 'moves a line between her opportunities, but not to one of olga', 'refused', $$
            update crm.opportunity_products
            set opportunity_id = pg_temp.id('lab-deal')
            where opportunity_id = pg_temp.id('deal')
        $$),
        ('rita', 'does not write the total by hand', 'error 428C9', $$
            update crm.opportunity_products set line_total = 1 where opportunity_id = pg_temp.id('deal')
        $$)
) as special (persona, action, wanted, statement);

select * from finish();
rollback;
