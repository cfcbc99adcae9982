BEGIN;
BEGIN;
SELECT plan(1);
SELECT pass('a warning is no error');
SELECT * FROM finish();
ROLLBACK;
ROLLBACK;
