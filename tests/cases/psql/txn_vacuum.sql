SELECT plan(1);
CREATE TABLE leaf (id integer);
VACUUM leaf;
SELECT pass('a statement of its own');
SELECT * FROM finish();
DROP TABLE leaf;
