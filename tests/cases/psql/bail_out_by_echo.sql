BEGIN;
SELECT plan(2);
SELECT pass('before');
\echo Bail out! no database to speak of
SELECT pass('after');
SELECT * FROM finish();
ROLLBACK;
