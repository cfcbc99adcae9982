SELECT plan(1)\; SELECT 5 AS five \gset
SELECT is(:five, 5, 'the last result is stored, those before it are printed');
