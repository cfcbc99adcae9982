BEGIN;
SELECT plan(2);
SELECT fail('one');
SELECT is('a'::text, 'b'::text, 'two');
SELECT * FROM finish();
ROLLBACK;
