-- Harm: nobody can read the table.
-- Rule: strong_locks

create rule r as on insert to shop.customers do instead nothing;
