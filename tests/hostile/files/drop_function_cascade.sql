-- Harm: takes the triggers along, and locks their tables.
-- Rule: strong_locks

drop function shop.slowly() cascade;
