-- Harm: holds its locks for a minute.
-- Rule: sleeps

update shop.customers set name = name where id = 1;
select pg_sleep(60);
