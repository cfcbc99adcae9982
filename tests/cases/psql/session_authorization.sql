BEGIN;
CREATE ROLE parity_actor;
SELECT plan(1);
SET LOCAL SESSION AUTHORIZATION parity_actor;
SELECT is(session_user, 'parity_actor'::name, 'session user');
SELECT * FROM finish();
ROLLBACK;
