BEGIN;
SELECT plan(2);
SELECT pass('a');
\o out_o.txt
SELECT 'not ok 99 - into a file';
\qecho not ok 98 - into the same file
\echo ok 2 - but what is echoed stays
\o
SELECT * FROM finish();
ROLLBACK;
