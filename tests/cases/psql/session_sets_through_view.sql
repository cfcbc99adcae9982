BEGIN;
SELECT plan(1);
SELECT is(login, 'ann'::text, 'set by a view of the database') FROM parity_view;
ROLLBACK;
