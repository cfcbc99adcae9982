BEGIN;
CREATE ROLE parity_guest;
SELECT plan(2);
CREATE TABLE ledger (id integer);
SELECT pass('before');
SET LOCAL ROLE parity_guest;
SELECT is((SELECT count(*) FROM ledger), 0::bigint, 'dies: permission denied');
SELECT * FROM finish();
ROLLBACK;
