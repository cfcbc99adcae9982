BEGIN;
CREATE SCHEMA parity_units;
CREATE FUNCTION parity_units.test_talks() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN NEXT diag('a word before');
    RAISE NOTICE 'ok 7 - on the side';
    RETURN NEXT pass('and a test');
END
$$;
SELECT * FROM runtests('parity_units'::name);
ROLLBACK;
