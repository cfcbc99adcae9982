BEGIN;
SELECT plan(1);
SELECT results_eq('VALUES(1),(2)', ARRAY[1, 2], 'a text without white space is the name of a prepared statement');
SELECT * FROM finish();
ROLLBACK;
