BEGIN;
SELECT plan(1);
SELECT pass('a');
SELECT 'okay';
SELECT 'OK';
SELECT ' ok 2 - indented';
SELECT * FROM finish();
ROLLBACK;
