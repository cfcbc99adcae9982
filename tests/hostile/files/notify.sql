-- Harm: wakes the application up.
-- Rule: outside_effects

notify shop, 'closed';
