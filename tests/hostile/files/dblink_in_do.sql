-- Harm: writes in a transaction of its own, from a block.
-- Rule: outside_effects

do $$ begin perform extensions.dblink_exec('here', 'truncate shop.orders'); end $$;
