CREATE TABLE gadget (id integer);
SELECT plan(1);
\encoding LATIN1
SELECT pass('a');
DROP TABLE gadget;
