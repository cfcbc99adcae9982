\set two 'SELECT pass(''one''); SELECT pass(''two'')'
BEGIN;
SELECT plan(2);
:two;
SELECT * FROM finish();
ROLLBACK;
