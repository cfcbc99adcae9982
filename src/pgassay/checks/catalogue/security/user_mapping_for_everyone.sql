-- title: Account on another server that every role uses
-- level: warning
-- since: 14
-- help: create user mapping for the roles that need it, then: drop user mapping for public server {object};
--
-- Whoever may use a foreign table of the server, or dblink with its name, is that account over there.

select
    quote_ident(m.srvname) as object,
    'every role uses the same account there' as detail
from pg_catalog.pg_user_mappings as m
where m.umuser = 0;

-- breaks: a mapping for everyone
create foreign data wrapper pigeon;
create server loft foreign data wrapper pigeon;
create user mapping for public server loft;

-- holds: a mapping for one role
create role clerk;
create foreign data wrapper pigeon;
create server loft foreign data wrapper pigeon;
create user mapping for clerk server loft;
