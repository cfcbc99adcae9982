\set strict 1
BEGIN;
SELECT plan(1);
SELECT is(
\if :strict
    1,
\else
    2,
\endif
    1, 'a statement over a condition');
SELECT * FROM finish();
ROLLBACK;
