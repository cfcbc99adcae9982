BEGIN;
SELECT plan(1);
SELECT parity_login('ann');
SELECT is(current_setting('parity.login', true), 'ann'::text, 'set by a function of the database');
ROLLBACK;
