-- Harm: replicas get a message that no rollback takes back.
-- Rule: outside_effects

select pg_logical_emit_message(false, 'shop', 'closed');
