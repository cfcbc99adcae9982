BEGIN;
SELECT plan(2);
SELECT pass('before');
CREATE TABLE herb (name text);
\copy herb from 'include/not_there.txt'
SELECT pass('not reached');
SELECT * FROM finish();
ROLLBACK;
