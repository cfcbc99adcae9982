BEGIN;
SELECT plan(2);
SELECT pass('a');
SELECT 'ok 99 - into a file' \g out_g.txt
SELECT fail('counted, but not printed here') \g out_g.txt
SELECT * FROM finish();
ROLLBACK;
