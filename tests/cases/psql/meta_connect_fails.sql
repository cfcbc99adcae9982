SELECT plan(1);
SELECT pass('a');
SELECT * FROM finish();
\c no_such_database_anywhere
