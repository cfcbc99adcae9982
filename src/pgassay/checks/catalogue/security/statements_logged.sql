-- title: Statements in the log, passwords included
-- level: info
-- since: 14
-- help: Set passwords by \password in psql, which sends a hash, or set log_statement = 'none' in the session
--   that does.
--
-- CREATE ROLE and ALTER ROLE with a password in clear are DDL, and stand in the log as they were sent.

select
    s.name as object,
    format('is %s, so passwords that are sent in clear are logged', s.setting) as detail
from pg_catalog.pg_settings as s
where s.name = 'log_statement'
    and s.setting <> 'none';

-- breaks: DDL is logged
set local log_statement = 'ddl';

-- holds: nothing is
set local log_statement = 'none';
