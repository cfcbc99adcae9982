CREATE TABLE leaf (id integer)\; SELECT plan(1)\; INSERT INTO leaf VALUES (1);
SELECT is((SELECT count(*) FROM leaf), 1::bigint, 'one message');
SELECT * FROM finish();
DROP TABLE leaf;
