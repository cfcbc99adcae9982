-- title: Settings that wait for a restart
-- level: warning
-- help: Restart the server at a time that suits, or take the change back: alter system reset {object};
--
-- The configuration says something else than what the server does; the next restart, planned or not, changes it.

select s.name as object, format('still %s until the server is restarted', s.setting) as detail
from pg_catalog.pg_settings as s
where s.pending_restart;

-- examples: none the configuration file must be changed and read again
