BEGIN;
CREATE SCHEMA parity_units;
SELECT * FROM runtests('parity_units'::name);
ROLLBACK;
