\endif
SELECT plan(1);
SELECT pass('a');
SELECT * FROM finish();
