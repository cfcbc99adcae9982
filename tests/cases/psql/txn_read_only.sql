BEGIN;
SELECT plan(2);
SET TRANSACTION READ ONLY;
SELECT is(current_setting('transaction_read_only'), 'on', 'read only');
SELECT throws_ok('CREATE TABLE leaf (id integer)', '25006', NULL, 'no writing');
SELECT * FROM finish();
ROLLBACK;
