-- Harm: leaves millions of dead rows.
-- Only while running: the limit on dead rows ends it.

update shop.orders set total = total;
insert into shop.events select now(), 'x' from generate_series(1, 10000000);
