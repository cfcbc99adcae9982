-- title: New passwords are stored as MD5
-- level: warning
-- since: 14
-- help: alter system set password_encryption = 'scram-sha-256'; then set the passwords again.
--
-- An MD5 hash is as good as the password for logging in, and guessed quickly. PostgreSQL 18 warns of it.

select
    s.name as object,
    format('is %s', s.setting) as detail
from pg_catalog.pg_settings as s
where s.name = 'password_encryption'
    and s.setting <> 'scram-sha-256';

-- breaks: md5
set local password_encryption = 'md5';

-- holds: SCRAM
set local password_encryption = 'scram-sha-256';
