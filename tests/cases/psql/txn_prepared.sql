SELECT plan(1);
SELECT pass('two-phase commit is off by default');
BEGIN;
PREPARE TRANSACTION 'parity';
SELECT * FROM finish();
