BEGIN;
SELECT plan(3);
SELECT collect_tap(ARRAY[pass('a'), fail('b'), pass('c')]);
SELECT * FROM finish();
ROLLBACK;
