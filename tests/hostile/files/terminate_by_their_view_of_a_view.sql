-- Harm: ends sessions, by a view of a view of the database.
-- Rule: outside_effects

select count(*) from shop.quieter;
