BEGIN;
SELECT plan(2);
SELECT * FROM (VALUES ('SELECT pass(''a'')'), ('SELECT 1 / 0'), ('SELECT pass(''b'')')) AS t \gexec
SELECT * FROM finish();
ROLLBACK;
