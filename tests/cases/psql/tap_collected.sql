BEGIN;
SELECT plan(3);
SELECT collect_tap(pass('a'), pass('b'), pass('c'));
SELECT * FROM finish();
ROLLBACK;
