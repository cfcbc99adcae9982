-- Interactions and lines, drawn up before there is anything for them to belong to: contacts and
-- opportunities are inserted with what they sum up to, and never updated.

create temp table seed_interaction on commit drop as
select
    t,
    n,
    1 + ((contacts - 1) * pg_temp.roll(30, t, n) ^ 3)::integer as contact,
    (array['email', 'email', 'email', 'call', 'call', 'meeting', 'note'])[
        1 + (6 * pg_temp.roll(31, t, n))::integer
    ] as kind,
    date_trunc('minute', pg_temp.moment(32, t, n)) as occurred_at
from seed_tenant
cross join generate_series(1, interactions) as n;

create temp table seed_line on commit drop as
select
    t,
    n,
    product,
    1 + (19 * pg_temp.roll(40, t, n) ^ 3)::integer as quantity,
    case when n % 7 = 0 then 10 else 0 end as discount,
    (select unit_price from crm.products where id = pg_temp.key('product', t, product)) as unit_price
from seed_tenant
cross join generate_series(1, opportunities) as n
cross join lateral (
    select distinct 1 + (19 * pg_temp.roll(41 + k, t, n))::integer as product
    from generate_series(0, n % 3) as k
) as choice;

analyze seed_interaction, seed_line;
