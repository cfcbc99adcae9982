SELECT plan(2);
BEGIN;
SELECT pass('first');
COMMIT;
BEGIN;
SELECT pass('second');
COMMIT;
SELECT * FROM finish();
