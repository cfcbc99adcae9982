BEGIN;
SELECT plan(1);
CREATE TABLE leaf (id integer PRIMARY KEY, name text);
\d leaf
SELECT pass('a');
SELECT * FROM finish();
ROLLBACK;
