BEGIN;
SELECT plan(1);
CREATE TABLE leaf (id integer);
INSERT INTO leaf VALUES (1) \gset
SELECT pass('a statement without a result stores nothing, and is no error');
ROLLBACK;
