-- Harm: nobody can write the table.
-- Rule: strong_locks

create trigger t after insert on shop.customers for each row execute function shop.slowly();
