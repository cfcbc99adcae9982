-- Harm: nobody can write any table.
-- Rule: strong_locks

do $$
declare
    r record;
begin
    for r in select relname from pg_class where relkind = 'r' loop
        execute format('lock table %I', r.relname);
    end loop;
end
$$;
