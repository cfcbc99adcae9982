-- Harm: waits for locks without end, and everybody behind it.
-- Rule: guarded_settings

set lock_timeout = 0;
