BEGIN;
CREATE SCHEMA parity_units;
CREATE FUNCTION parity_units.test_a() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN NEXT pass('before');
    PERFORM 1 / 0;
    RETURN NEXT pass('after');
END
$$;
CREATE FUNCTION parity_units.test_b() RETURNS SETOF text LANGUAGE sql AS $$ SELECT pass('the next one runs') $$;
SELECT * FROM runtests('parity_units'::name);
ROLLBACK;
