BEGIN;
SELECT plan(1);
LISTEN parity_channel;
SELECT pg_notify('parity_channel', 'hello');
SELECT pass('nothing arrives before the commit');
SELECT * FROM finish();
ROLLBACK;
