-- Harm: becomes another user.
-- Rule: guarded_settings

set session authorization postgres;
