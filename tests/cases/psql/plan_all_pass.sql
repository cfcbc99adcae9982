BEGIN;
SELECT plan(3);
SELECT ok(true, 'truth');
SELECT is(6 * 7, 42, 'arithmetic');
SELECT matches('assay'::text, '^a', 'pattern');
SELECT * FROM finish();
ROLLBACK;
