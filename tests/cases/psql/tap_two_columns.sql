BEGIN;
SELECT plan(4);
SELECT pass('one'), pass('two');
SELECT pass('three');
SELECT pass('four');
SELECT * FROM finish();
ROLLBACK;
