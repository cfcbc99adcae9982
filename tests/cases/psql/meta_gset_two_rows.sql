BEGIN;
SELECT plan(2);
SELECT pass('before');
SELECT n AS a FROM generate_series(1, 2) AS n \gset
SELECT pass('not reached');
SELECT * FROM finish();
ROLLBACK;
