\set loop ':loop 1'
BEGIN;
SELECT plan(1);
SELECT pass('before');
SELECT :loop;
SELECT * FROM finish();
ROLLBACK;
