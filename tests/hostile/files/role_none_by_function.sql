-- Harm: leaves the role that it was restricted to.
-- Rule: guarded_settings

select set_config('role', 'none', true);
