BEGIN;
SELECT plan(2);
CREATE TABLE herb (name text);
SELECT pass('first')\; COPY herb FROM stdin\; SELECT pass('last');
mint
\.
SELECT * FROM finish();
ROLLBACK;
