\set AUTOCOMMIT off
SELECT plan(2);
SELECT pass('a transaction begins by itself');
CREATE TABLE leaf (id integer);
ROLLBACK;
\set AUTOCOMMIT on
SELECT plan(2);
SELECT hasnt_table('leaf'::name, 'undone');
SELECT pass('b');
SELECT * FROM finish();
