CREATE TEMPORARY TABLE scratch (id integer);
SELECT plan(1);
INSERT INTO scratch VALUES (1);
SELECT isnt_empty('SELECT * FROM scratch', 'there');
SELECT * FROM finish();
