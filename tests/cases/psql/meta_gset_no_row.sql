BEGIN;
SELECT plan(2);
SELECT pass('before');
SELECT 1 AS a WHERE false \gset
SELECT pass('not reached: no rows returned for \\gset');
SELECT * FROM finish();
ROLLBACK;
