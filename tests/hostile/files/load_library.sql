-- Harm: a library in the server process.
-- Rule: not_transactional

load 'auto_explain';
