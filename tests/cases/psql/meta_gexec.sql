BEGIN;
SELECT plan(3);
SELECT format('SELECT pass(%L)', 'generated ' || n) FROM generate_series(1, 2) AS n
\gexec
SELECT NULL, 'SELECT pass(''after a NULL'')' \gexec
SELECT * FROM finish();
ROLLBACK;
