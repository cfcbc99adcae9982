-- Harm: ends sessions, through a helper that executes what it is given.
-- Rule: outside_effects

create function pg_temp.attempt(who text, statement text) returns text language plpgsql as $$
declare
    q text := statement;
begin
    execute q;
    return 'ok';
end
$$;
select is(pg_temp.attempt(statement => 'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()', who => 'me'), 'ok', 'done');
