\pset fieldsep '\n'
\pset null 'not ok - a null'
BEGIN;
SELECT plan(3);
SELECT pass('a'), pass('b');
SELECT NULL;
SELECT * FROM finish();
ROLLBACK;
