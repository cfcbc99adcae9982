BEGIN;
SELECT plan(1);
SELECT 'please do not Bail out! here';
SELECT pass('goes on');
SELECT * FROM finish();
ROLLBACK;
