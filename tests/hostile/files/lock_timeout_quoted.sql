-- Harm: waits for locks without end; the name is quoted.
-- Rule: guarded_settings

set session "lock_timeout" to default;
