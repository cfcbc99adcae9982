BEGIN;
SELECT plan(2);
SELECT fail('broken # skip me');
SELECT pass('fine');
SELECT * FROM finish();
ROLLBACK;
