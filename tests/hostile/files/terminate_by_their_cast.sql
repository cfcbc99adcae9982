-- Harm: ends sessions, by a cast of the database.
-- Rule: outside_effects

select 'x'::text::shop.ticket;
