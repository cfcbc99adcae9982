BEGIN;
SELECT plan(2);
SELECT pass('before');
\i include/not_there.psql
SELECT pass('not reached');
SELECT * FROM finish();
ROLLBACK;
