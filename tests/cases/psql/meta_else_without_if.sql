BEGIN;
SELECT plan(1);
SELECT pass('a');
\else
SELECT * FROM finish();
ROLLBACK;
