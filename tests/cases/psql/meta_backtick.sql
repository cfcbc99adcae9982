\set from_shell `echo seven`
BEGIN;
SELECT plan(1);
SELECT is(:'from_shell', 'seven'::text, 'the output of a command');
SELECT * FROM finish();
ROLLBACK;
