BEGIN;
SELECT plan(1);
SELECT pass('before');
CREATE TABLE herb (name text);
COPY herb FROM stdin;
mint
SELECT * FROM finish();
ROLLBACK;
