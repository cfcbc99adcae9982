BEGIN;
SELECT plan(5);
SELECT is(:'DBNAME', current_database()::text, 'DBNAME');
SELECT is(:'USER', current_user::text, 'USER');
SELECT is(:'ON_ERROR_STOP', '1'::text, 'ON_ERROR_STOP as pg_prove sets it');
SELECT is(:'QUIET', 'on'::text, 'QUIET');
SELECT is(:'ENCODING', 'UTF8'::text, 'ENCODING');
SELECT * FROM finish();
ROLLBACK;
