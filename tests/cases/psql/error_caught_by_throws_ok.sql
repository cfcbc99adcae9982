BEGIN;
SELECT plan(3);
SELECT throws_ok('SELECT 1 / 0', '22012', NULL, 'division');
SELECT throws_like('SELECT 1 / 0', '%by zero%', 'its words');
SELECT lives_ok('SELECT 1 / 1', 'no error');
SELECT * FROM finish();
ROLLBACK;
