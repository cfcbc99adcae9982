-- Harm: ends sessions, by an event trigger that sees the command.
-- Rule: outside_effects

create domain pg_temp.mine as int;
