SELECT plan(3);
SELECT pass('printed')\; SELECT 1 / 0\; SELECT pass('not reached');
SELECT * FROM finish();
