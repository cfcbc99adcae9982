-- Harm: holds a row for long, in a trigger of the database.
-- Only while running: counting is what queries do: the watchdog cancels it when somebody waits.

update shop.customers set name = 'slow' where id = 1;
