-- Harm: becomes a role with more rights.
-- Rule: guarded_settings

set local role postgres;
