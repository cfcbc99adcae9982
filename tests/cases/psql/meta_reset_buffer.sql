BEGIN;
SELECT plan(1);
SELECT this is never sent
\r
SELECT pass('a');
\p
SELECT * FROM finish();
ROLLBACK;
