-- Harm: begins a new file of WAL.
-- Rule: outside_effects

select pg_switch_wal();
