-- Harm: nobody can read the table: row.name calls a function.
-- Rule: strong_locks

select (c).forget from shop.customers as c;
