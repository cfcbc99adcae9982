BEGIN;
SELECT plan(2);
SELECT pass('before');
COPY no_such_table FROM stdin;
mint
\.
SELECT pass('not reached');
SELECT * FROM finish();
ROLLBACK;
