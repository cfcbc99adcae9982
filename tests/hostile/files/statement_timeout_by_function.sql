-- Harm: runs without end.
-- Rule: guarded_settings

select set_config('statement_' || 'timeout', '0', true);
