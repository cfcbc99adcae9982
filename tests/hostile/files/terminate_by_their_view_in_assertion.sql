-- Harm: ends sessions, by a view of the database that pgTAP reads.
-- Rule: outside_effects

select results_eq('select closed from shop.quiet', array[0::bigint], 'quiet');
