-- Harm: ends sessions, as the default of a column.
-- Rule: outside_effects

create temp table t (id int, gone bool default pg_terminate_backend(1));
insert into t values (1);
