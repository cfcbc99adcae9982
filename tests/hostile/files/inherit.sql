-- Harm: locks the table that the new one inherits from.
-- Rule: strong_locks

create table shop.vip () inherits (shop.customers);
