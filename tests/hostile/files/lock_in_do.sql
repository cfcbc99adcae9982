-- Harm: nobody can write the table.
-- Rule: strong_locks

do $$
declare
    name text;
begin
    foreach name in array array['customers', 'orders'] loop
        execute format('lock table %I.%I in share mode', 'shop', name);
    end loop;
end
$$;
