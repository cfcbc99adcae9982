-- Harm: a column is taken for the variable of its name.
-- Rule: unreadable

do $$
#variable_conflict use_column
declare
    what text := 'select 1';
begin
    execute (select what from shop.events limit 1);
end
$$;
