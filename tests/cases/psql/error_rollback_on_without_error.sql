\set ON_ERROR_ROLLBACK 1
\set ON_ERROR_STOP true
BEGIN;
SELECT plan(3);
SELECT pass('before');
SAVEPOINT own;
CREATE TABLE leaf (id integer);
ROLLBACK TO SAVEPOINT own;
SELECT hasnt_table('leaf'::name, 'undone');
RELEASE SAVEPOINT own;
SELECT pass('after');
SELECT * FROM finish();
ROLLBACK;
