BEGIN;
SELECT plan(1);
CREATE TABLE herb (name text);
\ir include/copies.psql
SELECT is((SELECT count(*) FROM herb), 2::bigint, 'data in the included file');
SELECT * FROM finish();
ROLLBACK;
