-- title:    The tables that there are
-- category: example
-- metric:   catalog
-- sla_ms:   500
--
-- An example: put the statements here that the application lives on, one a file, each with the time it may take.

select
    count(*) as tables
from pg_catalog.pg_class
where relkind in ('r', 'p');
