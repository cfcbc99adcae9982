-- Harm: nobody can read the table.
-- Rule: strong_locks

select throws_ok('truncate shop.orders', '42501');
