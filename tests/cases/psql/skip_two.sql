BEGIN;
SELECT plan(3);
SELECT skip('not on this server', 2);
SELECT pass('runs');
SELECT * FROM finish();
ROLLBACK;
