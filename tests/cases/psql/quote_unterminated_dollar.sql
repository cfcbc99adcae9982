BEGIN;
SELECT plan(2);
SELECT pass('before');
DO $body$ BEGIN NULL; END $bodyy$;
SELECT pass('inside');
SELECT * FROM finish();
ROLLBACK;
