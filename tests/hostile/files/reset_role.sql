-- Harm: leaves the role that it was restricted to.
-- Rule: guarded_settings

reset role;
