-- Harm: nobody can write the table.
-- Rule: strong_locks

create index on shop.customers (name);
