BEGIN;
SELECT plan(2);
SELECT todo('not built yet', 1);
SELECT pass('came early');
SELECT pass('here');
SELECT * FROM finish();
ROLLBACK;
