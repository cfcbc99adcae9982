SELECT plan(1);
LISTEN parity_channel;
NOTIFY parity_channel, 'ok 2 - only a message';
SELECT is((SELECT count(*) FROM pg_listening_channels()), 1::bigint, 'listening');
SELECT * FROM finish();
