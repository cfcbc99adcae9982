CREATE TABLE thing (id integer);
SELECT plan(1);
\ir include/shell.psql
SELECT pass('a');
DROP TABLE thing;
