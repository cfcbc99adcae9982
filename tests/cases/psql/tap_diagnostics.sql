BEGIN;
SELECT plan(2);
SELECT diag('about the file');
SELECT pass('a') || E'\n' || diag('about a');
SELECT is(NULL::text, 'something', 'b');
SELECT * FROM finish();
ROLLBACK;
