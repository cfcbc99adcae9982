BEGIN;
SELECT plan(2);
CREATE TABLE herb (name text);
copy herb from STDIN with (format text, delimiter ';');
mint
a \\. within the line
\.
SELECT pass('a');
SELECT is((SELECT count(*) FROM herb), 2::bigint, 'two rows');
SELECT * FROM finish();
ROLLBACK;
