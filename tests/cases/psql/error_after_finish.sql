BEGIN;
SELECT plan(1);
SELECT pass('fine');
SELECT * FROM finish();
ROLLBACK;
SELECT * FROM a_table_that_is_not_there;
