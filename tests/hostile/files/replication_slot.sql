-- Harm: the server keeps WAL until the disk is full.
-- Rule: outside_effects

select pg_create_logical_replication_slot('mine', 'pgoutput');
