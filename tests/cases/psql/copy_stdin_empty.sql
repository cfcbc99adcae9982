BEGIN;
SELECT plan(1);
CREATE TABLE herb (name text);
COPY herb FROM stdin;
\.
SELECT is_empty('SELECT * FROM herb', 'no rows');
SELECT * FROM finish();
ROLLBACK;
