-- Harm: undoes the transaction of somebody else.
-- Rule: commits

do $$ begin execute 'rollback ' || 'prepared ''of the application'''; end $$;
