BEGIN;
SELECT plan(2);
SELECT todo('neither built nor safe to try', 1);
SELECT skip('not now', 1);
SELECT pass('here');
SELECT * FROM finish();
ROLLBACK;
