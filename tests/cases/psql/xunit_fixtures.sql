BEGIN;
CREATE SCHEMA parity_units;
CREATE TABLE parity_units.journal (entry text);
CREATE FUNCTION parity_units.startup() RETURNS SETOF text LANGUAGE sql AS
    $$ INSERT INTO parity_units.journal VALUES ('startup') RETURNING pass('started') $$;
CREATE FUNCTION parity_units.setup() RETURNS SETOF text LANGUAGE sql AS
    $$ INSERT INTO parity_units.journal VALUES ('setup') RETURNING pass('set up') $$;
CREATE FUNCTION parity_units.test_one() RETURNS SETOF text LANGUAGE sql AS
    $$ SELECT is((SELECT count(*) FROM parity_units.journal), 2::bigint, 'startup and one setup') $$;
CREATE FUNCTION parity_units.test_two() RETURNS SETOF text LANGUAGE sql AS
    $$ SELECT is((SELECT count(*) FROM parity_units.journal), 2::bigint, 'each test is rolled back') $$;
CREATE FUNCTION parity_units.shutdown() RETURNS SETOF text LANGUAGE sql AS $$ SELECT pass('stopped') $$;
SELECT * FROM runtests('parity_units'::name, '^test_');
ROLLBACK;
