\set folder include
\set message 'from the including file'
BEGIN;
SELECT plan(2);
\i :folder/says_message.psql
\set message 'another'
\i :folder/says_message.psql
SELECT * FROM finish();
ROLLBACK;
