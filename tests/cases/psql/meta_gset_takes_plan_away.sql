SELECT plan(1) \gset
SELECT pass('the plan went into a variable');
SELECT * FROM finish();
