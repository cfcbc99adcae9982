-- title: Extension older than its installed files
-- level: warning
-- since: 14
-- help: alter extension {object} update;
--
-- The server has a newer version at hand than the database uses; such updates often close holes.

select
    quote_ident(e.extname) as object,
    format('is version %s, and %s is installed on the server', e.extversion, a.default_version) as detail
from pg_catalog.pg_extension as e
join pg_catalog.pg_available_extensions as a on a.name = e.extname
where a.default_version <> e.extversion;

-- breaks: an old version
create extension pg_trgm version '1.5';

-- holds: the current one
create extension pg_trgm;
