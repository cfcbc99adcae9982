BEGIN;
SELECT plan(2);
SELECT pass(E'first line\nsecond line');
SELECT fail(E'first line\nok 99 is not a test, it is commented out');
SELECT * FROM finish();
ROLLBACK;
