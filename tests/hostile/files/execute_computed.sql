-- Harm: whatever the table says is executed.
-- Rule: unreadable

do $$
declare
    r record;
begin
    for r in select what from shop.events loop
        execute r.what;
    end loop;
end
$$;
