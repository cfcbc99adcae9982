BEGIN;
SELECT plan(1);
\a
SELECT pass('aligned, so it starts with a blank');
\a
SELECT * FROM finish();
ROLLBACK;
