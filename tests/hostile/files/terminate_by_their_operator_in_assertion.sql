-- Harm: ends sessions, by an operator that pgTAP puts between two values.
-- Rule: outside_effects

select cmp_ok(point(1, 1), 'operator(shop.<~!~>)', point(1, 1));
