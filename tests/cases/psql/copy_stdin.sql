BEGIN;
SELECT plan(3);
CREATE TABLE herb (name text, uses integer, note text);
COPY herb FROM stdin;
mint	3	ok 1 - data, no test
sage	\N	with; a semicolon
thyme	1	it's a quote
\.
SELECT is((SELECT count(*) FROM herb), 3::bigint, 'three rows');
SELECT is((SELECT uses FROM herb WHERE name = 'sage'), NULL, 'a null');
COPY herb (name) FROM stdin WITH (FORMAT csv);
"a,b"
\.
SELECT is((SELECT count(*) FROM herb WHERE name = 'a,b'), 1::bigint, 'CSV');
SELECT * FROM finish();
ROLLBACK;
