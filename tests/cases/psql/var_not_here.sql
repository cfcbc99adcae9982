\set n 5
BEGIN;
SELECT plan(4);
SELECT is($$:n$$, chr(58) || 'n', 'not in a dollar quote');
SELECT is("a:n", 1, 'not in an identifier') FROM (SELECT 1 AS "a:n") AS t;
/* nor in a :n comment */ -- nor here :n
SELECT is('x'::text, 'x', 'nor after a second colon');
SELECT is(:n::integer, :n, 'but before one');
SELECT * FROM finish();
ROLLBACK;
