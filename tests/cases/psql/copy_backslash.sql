BEGIN;
SELECT plan(1);
CREATE TABLE herb (name text);
\copy herb from 'include/herbs.txt'
SELECT is((SELECT count(*) FROM herb), 3::bigint, 'from a file of the client');
\copy (SELECT 'not ok 2 - into a file') to 'out_copy.txt'
SELECT * FROM finish();
ROLLBACK;
