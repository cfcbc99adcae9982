BEGIN;
SELECT plan(2);
SELECT pass('before');
CREATE TABLE herb (name text, uses integer);
COPY herb FROM stdin;
mint	3
sage	many
\.
SELECT pass('not reached');
SELECT * FROM finish();
ROLLBACK;
