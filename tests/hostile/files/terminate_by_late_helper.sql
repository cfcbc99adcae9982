-- Harm: ends sessions; the helper is made after what calls it.
-- Rule: outside_effects

create function pg_temp.go() returns void language plpgsql as $$
begin
    perform pg_temp.attempt('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()');
end
$$;
create function pg_temp.attempt(statement text) returns void language plpgsql as $$
begin
    execute statement;
end
$$;
select pg_temp.go();
