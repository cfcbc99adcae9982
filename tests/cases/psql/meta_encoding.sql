\encoding UTF8
BEGIN;
SELECT plan(2);
SELECT is(:'ENCODING', 'UTF8'::text, 'as set');
SELECT is(length('é'), 1, 'one character');
SELECT * FROM finish();
ROLLBACK;
