SELECT plan(2);
\set x a;b
SELECT is(:'x', 'a;b'::text, 'in the middle');
\set y 1;
SELECT is(:'y', '1;'::text, 'at the end');
