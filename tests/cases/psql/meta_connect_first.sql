CREATE TEMPORARY TABLE scratch (id integer);
\c -
SELECT plan(2);
SELECT hasnt_table('scratch'::name, 'a session of its own');
SELECT is(current_database()::text, :'DBNAME', 'the same database');
SELECT * FROM finish();
