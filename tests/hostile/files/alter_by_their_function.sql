-- Harm: nobody can read the table.
-- Rule: strong_locks

select lives_ok('select shop.purge()');
