CREATE TABLE widget (id integer);
SELECT plan(1);
\d widget
SELECT pass('a');
DROP TABLE widget;
