-- Harm: goes on behind an error, with a statement that only a later version may know.
-- Rule: unreadable

\set ON_ERROR_STOP off
selec 1;
select from graph_table (shop match (c) columns (c.id));
