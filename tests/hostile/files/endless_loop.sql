-- Harm: runs without end, and holds back vacuum.
-- Only while running: statement_timeout ends it.

do $$ begin loop null; end loop; end $$;
