-- Harm: nobody can write the table that the new one refers to.
-- Rule: strong_locks

create table shop.notes (customer bigint references shop.customers);
