-- Harm: holds a row for half a minute, in a trigger of the database.
-- Only while running: triggers are not in the text: the watchdog cancels it when somebody waits.

update shop.customers set name = 'slow' where id = 1;
