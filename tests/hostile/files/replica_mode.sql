-- Harm: triggers and foreign keys do not fire.
-- Rule: guarded_settings

set session_replication_role = replica;
