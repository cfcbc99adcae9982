-- Harm: waits for locks without end.
-- Rule: guarded_settings

begin;
set local lock_timeout = 0;
rollback;
