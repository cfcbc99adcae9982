-- title: Role whose password is stored as MD5
-- level: warning
-- since: 14
-- needs: superuser
-- help: alter role {object} password '…'; with password_encryption = 'scram-sha-256'
--
-- An MD5 hash is as good as the password for logging in, and guessed quickly.

select
    quote_ident(a.rolname) as object,
    'its password is stored as MD5' as detail
from pg_catalog.pg_authid as a
where a.rolcanlogin
    and a.rolpassword like 'md5%';

-- breaks: an old password
set local client_min_messages = error;
set local password_encryption = 'md5';
create role clerk login password 'example';

-- holds: a new one
set local password_encryption = 'scram-sha-256';
create role clerk login password 'example';
