BEGIN;
SELECT plan(2);
SELECT pass('a');
SELECT '1..7';
SELECT pass('b');
SELECT * FROM finish();
ROLLBACK;
