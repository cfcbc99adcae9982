-- Harm: nobody can read the table.
-- Rule: strong_locks

create policy p on shop.customers using (false);
