BEGIN;
CREATE SCHEMA parity_units;
CREATE FUNCTION parity_units.test_sum() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN NEXT is(1 + 1, 2, 'two');
    RETURN NEXT isnt(1 + 1, 3, 'not three');
END
$$;
CREATE FUNCTION parity_units.test_name() RETURNS SETOF text LANGUAGE sql AS $$ SELECT pass('named') $$;
SELECT * FROM runtests('parity_units'::name);
ROLLBACK;
