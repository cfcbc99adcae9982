BEGIN;
SELECT plan(3);
SELECT * FROM check_test(is(1, 2, 'a wrong claim'), false, 'is() fails', 'a wrong claim', NULL, true);
SELECT pass('another');
SELECT * FROM finish();
ROLLBACK;
