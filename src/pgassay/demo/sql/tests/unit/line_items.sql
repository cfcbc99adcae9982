-- The lines of an opportunity: where the price comes from, what may be sold, and the sum.

begin;
select plan(20);
\ir ../_support/world.sql

insert into crm.products (id, tenant_id, sku, name, unit_price, currency)
values
    (pg_temp.id('bolt'), pg_temp.id('north'), 'BOL-001', 'Bolt', 0.10, 'EUR'),
    (pg_temp.id('import'), pg_temp.id('north'), 'IMP-001', 'Import', 7.00, 'USD');

prepare amount(text) as
    select amount from crm.opportunities where id = pg_temp.id($1);

-- The price.
select results_eq(
    $$select unit_price, line_total from crm.opportunity_products where opportunity_id = pg_temp.id('deal')$$,
    $$values (10.00, 20.00)$$,
    'a line without a price takes the price of its product'
);
update crm.products set unit_price = 12 where id = pg_temp.id('widget');
select is(
    (select unit_price from crm.opportunity_products where opportunity_id = pg_temp.id('deal')),
    10.00,
    'a later change of the price does not reach lines that exist'
);
insert into crm.opportunity_products (tenant_id, opportunity_id, product_id, quantity, unit_price)
values (pg_temp.id('north'), pg_temp.id('deal'), pg_temp.id('bolt'), 100, 0.08);
select is(
    (select unit_price from crm.opportunity_products where product_id = pg_temp.id('bolt')),
    0.08,
    'a price that was agreed on stays'
);

-- What may be sold.
select throws_ok(
    $$
        insert into crm.opportunity_products (tenant_id, opportunity_id, product_id)
        values (pg_temp.id('north'), pg_temp.id('deal'), pg_temp.id('gadget'))
    $$,
    'CRM30', 'GAD-001 is no longer sold', 'what is out of sale is not sold'
);
select throws_ok(
    $$
        insert into crm.opportunity_products (tenant_id, opportunity_id, product_id)
        values (pg_temp.id('north'), pg_temp.id('deal'), pg_temp.id('import'))
    $$,
    'CRM31', 'IMP-001 is priced in USD', 'an opportunity has one currency'
);
update crm.products set is_active = false where id = pg_temp.id('widget');
select lives_ok(
    $$update crm.opportunity_products set quantity = 3 where product_id = pg_temp.id('widget')$$,
    'a line that exists outlives its product''s sale'
);

-- The total of a line, to the cent.
create temp table line as
select
    row_number() over () as n, *
from (
    values
        (1, 10.00, 0, 10.00),
        (3, 9.99, 0, 29.97),
        (1, 10.00, 100, 0.00),
        (7, 0.15, 10, 0.95),
        (1, 0.01, 50, 0.01),
        (1, 0.01, 51, 0.00),
        (1000000, 999.99, 12.5, 874991250.00)
) as line (quantity, unit_price, discount, wanted);

insert into crm.products (id, tenant_id, sku, name, unit_price)
select pg_temp.id('line ' || n), pg_temp.id('south'), 'LINE-' || 100 + n, 'Line', unit_price
from line;
insert into crm.opportunity_products (tenant_id, opportunity_id, product_id, quantity, discount)
select pg_temp.id('south'), pg_temp.id('south-deal'), pg_temp.id('line ' || n), quantity, discount
from line;

select is(
    p.line_total,
    line.wanted,
    format('%s x %s less %s %% is %s', line.quantity, line.unit_price, line.discount, line.wanted)
)
from line
join crm.opportunity_products as p on p.product_id = pg_temp.id('line ' || n)
order by n;

-- The sum.
select results_eq($$execute amount('deal')$$, $$values (38.00)$$, 'the amount is the sum of the lines');
update crm.opportunity_products set discount = 50 where product_id = pg_temp.id('bolt');
select results_eq($$execute amount('deal')$$, $$values (34.00)$$, 'it follows a changed line');
delete from crm.opportunity_products where product_id = pg_temp.id('widget');
select results_eq($$execute amount('deal')$$, $$values (4.00)$$, 'it follows a deleted line');
update crm.opportunity_products set opportunity_id = pg_temp.id('lab-deal') where product_id = pg_temp.id('bolt');
select results_eq($$execute amount('deal')$$, $$values (0.00)$$, 'it is nothing when the last line has left');
select results_eq($$execute amount('lab-deal')$$, $$values (4.00)$$, 'which counts where it went');
select results_eq($$execute amount('south-deal')$$, $$values (874991290.93)$$, 'and nowhere else');

-- A rep may not write the amount of a colleague, but the trigger may.
select is(
    pg_temp.attempt('max', $$
        insert into crm.opportunity_products (tenant_id, opportunity_id, product_id)
        values (pg_temp.id('north'), pg_temp.id('deal'), pg_temp.id('bolt'))
    $$),
    '1 row',
    'a manager adds a line to the opportunity of a rep'
);

select * from finish();
rollback;
