-- Harm: ends sessions, by a trigger, as data are copied in.
-- Rule: outside_effects

copy shop.before_rows from stdin;
1
\.
