-- Harm: ends sessions, by a view of the database that is copied out.
-- Rule: outside_effects

copy (select 1 where exists (table shop.quiet)) to stdout;
