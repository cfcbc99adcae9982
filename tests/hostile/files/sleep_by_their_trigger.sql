-- Harm: holds a row for half a minute, in a trigger of the database.
-- Rule: sleeps

update shop.beds set id = 1 where id = 2;
