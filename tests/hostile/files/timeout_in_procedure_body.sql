-- Harm: waits without end, in a body of the SQL standard.
-- Rule: guarded_settings

create function pg_temp.wait() returns text
    language sql
begin atomic
    select set_config('lock_timeout', '0', true);
end;
