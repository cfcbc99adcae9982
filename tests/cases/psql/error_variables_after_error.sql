\set ON_ERROR_STOP off
SELECT 1 / 0;
\set seen_error :ERROR
\set seen_state :SQLSTATE
SELECT 1;
\set then_error :ERROR
\set ON_ERROR_STOP on
BEGIN;
SELECT plan(5);
SELECT is(:'seen_error', 'true'::text, 'ERROR after an error');
SELECT is(:'seen_state', '22012'::text, 'SQLSTATE');
SELECT is(:'LAST_ERROR_SQLSTATE', '22012'::text, 'LAST_ERROR_SQLSTATE');
SELECT is(:'LAST_ERROR_MESSAGE', 'division by zero'::text, 'LAST_ERROR_MESSAGE');
SELECT is(:'then_error', 'false'::text, 'ERROR after a success');
SELECT * FROM finish();
ROLLBACK;
