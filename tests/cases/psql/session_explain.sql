BEGIN;
SELECT plan(1);
EXPLAIN (COSTS OFF) SELECT 1;
SHOW work_mem;
SELECT pass('other statements give rows as well');
SELECT * FROM finish();
ROLLBACK;
