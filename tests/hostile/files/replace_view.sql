-- Harm: nobody can read the view.
-- Rule: strong_locks

create or replace view shop.debtors as select id, name from shop.customers;
