-- Harm: ends sessions, two functions of the database away.
-- Rule: outside_effects

select ok(shop.maintain() >= 0, 'maintained');
