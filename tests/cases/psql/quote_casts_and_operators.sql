BEGIN;
SELECT plan(4);
SELECT is('5'::integer::text, '5', 'casts are no variables');
SELECT is((ARRAY[1, 2, 3])[1:2], ARRAY[1, 2], 'slices are no variables');
SELECT is(5 % 3, 2, 'modulo');
SELECT is('{"a": [1, 2]}'::jsonb #>> '{a,1}', '2', 'an operator with a hash');
SELECT * FROM finish();
ROLLBACK;
