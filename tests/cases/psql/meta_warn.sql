BEGIN;
SELECT plan(1);
\warn not ok 1 - a warning
\warn Bail out! not here
SELECT pass('a');
SELECT * FROM finish();
ROLLBACK;
