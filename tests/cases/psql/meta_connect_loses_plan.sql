SELECT plan(1);
\c
SELECT pass('a new session knows no plan');
SELECT * FROM finish();
