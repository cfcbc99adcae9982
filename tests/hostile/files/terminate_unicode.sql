-- Harm: ends sessions; the name is written in Unicode escapes.
-- Rule: outside_effects

select u&"pg!005fterminate!005f!0062ackend" uescape '!' (pid), U&"\0070g_terminate_backend"(pid) from pg_stat_activity where pid <> pg_backend_pid();
