BEGIN;
SELECT plan(2);
SELECT pass('a');
SELECT fail('b');
SELECT * FROM finish(true);
ROLLBACK;
