-- Harm: lifts every limit.
-- Rule: guarded_settings

reset all;
