\set QUIET off
BEGIN;
SELECT plan(1);
CREATE TABLE leaf (id integer);
INSERT INTO leaf VALUES (1);
SELECT pass('command tags are printed and ignored');
SELECT * FROM finish();
ROLLBACK;
