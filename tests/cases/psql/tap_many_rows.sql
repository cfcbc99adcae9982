BEGIN;
SELECT plan(5);
SELECT is(n * n, (n ^ 2)::integer, format('square of %s', n)) FROM generate_series(1, 5) AS n;
SELECT * FROM finish();
ROLLBACK;
