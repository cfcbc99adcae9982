BEGIN;
SELECT plan(1);
\if perhaps
SELECT fail('not taken');
\else
SELECT pass('taken');
\endif
SELECT * FROM finish();
ROLLBACK;
