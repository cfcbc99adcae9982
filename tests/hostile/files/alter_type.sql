-- Harm: waits for, and stops, everybody who uses the type.
-- Rule: strong_locks

alter type shop.mood add value 'fair';
