-- Harm: waits without end within a function.
-- Rule: guarded_settings

create function pg_temp.wait() returns void language sql set lock_timeout = '0' as 'select 1';
