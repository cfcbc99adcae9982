\set word 'it''s'
\set number 42
\set column some column
\set joined one 'two three' four
\set empty
BEGIN;
SELECT plan(8);
SELECT is(:'word', 'it''s'::text, 'as a literal');
SELECT is(:number, 42, 'as it is');
SELECT is(:"column", 7, 'as an identifier') FROM (SELECT 7 AS somecolumn) AS t;
SELECT is(:'joined', 'onetwo threefour'::text, 'words are joined');
SELECT is(:'empty', ''::text, 'set to nothing');
SELECT is(:'number'::integer, 42, 'a literal and a cast');
SELECT is(':number', chr(58) || 'number', 'not inside a string');
SELECT is(array[:number,:number], array[42,42], 'twice');
SELECT * FROM finish();
ROLLBACK;
