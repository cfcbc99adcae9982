BEGIN;
SELECT plan(1);
SELECT pass('ends in COMMIT, with nothing written');
SELECT * FROM finish();
COMMIT;
