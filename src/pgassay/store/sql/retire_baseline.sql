-- Make room for a new baseline of a category; the old one stays known.
update performance_monitoring.performance_baselines
set is_active = false,
    updated_at = pg_catalog.now()
where test_category = :'category'::text and is_active and target is not distinct from :'target'::text
returning id
