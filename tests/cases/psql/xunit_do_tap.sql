BEGIN;
CREATE SCHEMA parity_units;
CREATE FUNCTION parity_units.test_a() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN NEXT pass('a');
    RETURN NEXT pass('b');
END
$$;
SELECT plan(2);
SELECT * FROM do_tap('parity_units'::name);
SELECT * FROM finish();
ROLLBACK;
