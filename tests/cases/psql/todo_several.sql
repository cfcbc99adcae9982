BEGIN;
SELECT plan(4);
SELECT todo(3, 'three of them');
SELECT fail('a');
SELECT is(1, 2, 'b');
SELECT pass('c');
SELECT pass('d');
SELECT * FROM finish();
ROLLBACK;
