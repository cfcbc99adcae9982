\set not-a-name 1
SELECT plan(1);
SELECT pass('a');
SELECT * FROM finish();
