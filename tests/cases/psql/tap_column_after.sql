BEGIN;
SELECT plan(1);
SELECT pass('in front of a column'), 42;
SELECT * FROM finish();
ROLLBACK;
