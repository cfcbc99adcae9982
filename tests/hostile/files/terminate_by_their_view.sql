-- Harm: ends sessions, by a view of the database.
-- Only while running: what a view calls is not in the text: functions called are counted, and whoever may not end sessions gets an error.

select * from shop.quiet;
