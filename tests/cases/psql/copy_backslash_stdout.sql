BEGIN;
SELECT plan(1);
\copy (SELECT pass('through \copy')) to stdout
SELECT * FROM finish();
ROLLBACK;
