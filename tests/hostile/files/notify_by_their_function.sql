-- Harm: wakes the application up.
-- Rule: outside_effects

select lives_ok('select shop.announce()');
