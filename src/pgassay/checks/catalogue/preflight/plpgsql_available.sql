-- title: PL/pgSQL is there
-- level: failed
-- help: create extension plpgsql;
--
-- pgTAP and the functions of the store are written in it.

select
    'plpgsql' as object,
    'the language does not exist in this database' as detail
where not exists (select from pg_catalog.pg_language as l where l.lanname = 'plpgsql');

-- breaks: a database without it
drop extension plpgsql cascade;

-- holds: a database as it is made
