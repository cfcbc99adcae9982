BEGIN;
SELECT plan(2);
SELECT todo('not built yet', 1);
SELECT fail('to come');
SELECT pass('here');
SELECT * FROM finish();
ROLLBACK;
