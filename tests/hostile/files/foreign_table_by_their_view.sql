-- Harm: reads another server, by a view of the database.
-- Rule: outside_effects

select count(*) from shop.far_away;
