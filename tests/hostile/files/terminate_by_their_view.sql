-- Harm: ends sessions, by a view of the database.
-- Rule: outside_effects

select * from shop.quiet;
