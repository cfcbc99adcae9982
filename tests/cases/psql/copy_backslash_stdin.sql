BEGIN;
SELECT plan(1);
CREATE TABLE herb (name text);
\copy herb from stdin
mint
sage
\.
SELECT is((SELECT count(*) FROM herb), 2::bigint, 'from the script');
SELECT * FROM finish();
ROLLBACK;
