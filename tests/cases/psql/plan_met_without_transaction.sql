SELECT plan(2);
SELECT pass('every statement commits');
SELECT is(current_setting('transaction_isolation'), 'read committed', 'and the session keeps the plan');
SELECT * FROM finish();
