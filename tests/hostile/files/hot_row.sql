-- Harm: holds the row that everybody writes.
-- Only while running: writing a row is what tests do: the watchdog cancels it when somebody waits.

update shop.customers set balance = balance + 1 where id = 1;
select count(*) from generate_series(1, 1000000000);
