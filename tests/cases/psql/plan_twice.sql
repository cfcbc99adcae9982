BEGIN;
SELECT plan(1);
SELECT plan(1);
SELECT pass('never reached');
SELECT * FROM finish();
ROLLBACK;
