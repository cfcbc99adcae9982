\set FETCH_COUNT 2
BEGIN;
SELECT plan(3);
SELECT pass('number ' || n) FROM generate_series(1, 3) AS n;
ROLLBACK;
