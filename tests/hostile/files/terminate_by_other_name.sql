-- Harm: ends sessions; the function gets another name.
-- Rule: languages

create function pg_temp.harmless(int) returns bool language internal as 'pg_terminate_backend';
