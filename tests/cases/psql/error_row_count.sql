BEGIN;
SELECT plan(1);
CREATE TEMPORARY TABLE herb (name text);
INSERT INTO herb VALUES ('mint'), ('sage'), ('thyme');
\set inserted :ROW_COUNT
SELECT is(:inserted, 3, 'ROW_COUNT of the insert');
SELECT * FROM finish();
ROLLBACK;
