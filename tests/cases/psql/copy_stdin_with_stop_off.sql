\set ON_ERROR_STOP off
SELECT plan(2);
SELECT pass('before');
CREATE TEMPORARY TABLE herb (name text, uses integer);
COPY herb FROM stdin;
mint	3
sage	many
thyme	1
\.
SELECT is_empty('SELECT * FROM herb', 'all or nothing');
SELECT * FROM finish();
