\set a 1 \set b 2 \\ BEGIN; SELECT plan(1);
SELECT is(:a + :b, 3, 'two commands and SQL on one line');
SELECT * FROM finish();
ROLLBACK;
