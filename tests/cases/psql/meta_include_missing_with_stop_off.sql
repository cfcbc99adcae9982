\set ON_ERROR_STOP off
BEGIN;
SELECT plan(1);
\i include/not_there.psql
SELECT pass('a');
SELECT * FROM finish();
ROLLBACK;
