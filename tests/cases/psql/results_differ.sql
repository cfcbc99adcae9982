BEGIN;
SELECT plan(4);
SELECT results_eq('SELECT 1', 'SELECT 2', 'rows');
SELECT set_eq('SELECT 1', 'SELECT 2', 'sets');
SELECT results_eq('SELECT 1, 2', 'SELECT 1', 'columns');
SELECT is_empty('SELECT 1', 'emptiness');
SELECT * FROM finish();
ROLLBACK;
