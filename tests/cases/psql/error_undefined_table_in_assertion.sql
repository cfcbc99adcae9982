BEGIN;
SELECT plan(2);
SELECT pass('before');
SELECT results_eq('SELECT 1', 'SELECT 1', 'same');
SELECT is((SELECT count(*) FROM no_such_table)::integer, 0, 'empty');
SELECT * FROM finish();
ROLLBACK;
