BEGIN;
SELECT plan(2);
SELECT pass('before');
SELECT is(:'never_set', 'x', 'left as it stands, so a syntax error');
SELECT * FROM finish();
ROLLBACK;
