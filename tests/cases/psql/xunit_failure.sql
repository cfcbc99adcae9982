BEGIN;
CREATE SCHEMA parity_units;
CREATE FUNCTION parity_units.test_a() RETURNS SETOF text LANGUAGE sql AS $$ SELECT pass('fine') $$;
CREATE FUNCTION parity_units.test_b() RETURNS SETOF text LANGUAGE sql AS $$ SELECT fail('broken') $$;
SELECT * FROM runtests('parity_units'::name);
ROLLBACK;
