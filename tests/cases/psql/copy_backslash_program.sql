BEGIN;
SELECT plan(1);
CREATE TABLE herb (name text);
\copy herb from program 'echo mint'
SELECT is((SELECT name FROM herb), 'mint', 'from a program');
SELECT * FROM finish();
ROLLBACK;
