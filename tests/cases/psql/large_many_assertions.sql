BEGIN;
SELECT plan(2000);
SELECT ok(n % 500 <> 0, 'row ' || n) FROM generate_series(1, 2000) AS n;
SELECT * FROM finish();
ROLLBACK;
