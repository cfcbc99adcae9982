BEGIN;
SELECT plan(1);
SELECT;
SELECT FROM generate_series(1, 3);
SELECT pass('rows without columns');
SELECT * FROM finish();
ROLLBACK;
