-- Harm: nobody can read the view.
-- Rule: strong_locks

refresh materialized view shop.totals;
