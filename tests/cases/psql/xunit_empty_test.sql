BEGIN;
CREATE SCHEMA parity_units;
CREATE FUNCTION parity_units.test_nothing() RETURNS SETOF text LANGUAGE sql AS $$ SELECT ''::text WHERE false $$;
SELECT * FROM runtests('parity_units'::name);
ROLLBACK;
