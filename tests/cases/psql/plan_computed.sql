BEGIN;
SELECT plan(count(*)::integer) FROM generate_series(1, 4);
SELECT ok(n > 0, 'number ' || n) FROM generate_series(1, 4) AS n;
SELECT * FROM finish();
ROLLBACK;
