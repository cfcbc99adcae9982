-- Harm: calls what locks a table, as a trigger of a table of the file.
-- Rule: strong_locks

create temp table t (id int);
create function pg_temp.fire() returns trigger language plpgsql as $$ begin perform shop.purge(); return new; end $$;
create trigger fire before insert on t for each row execute function pg_temp.fire();
insert into t values (1);
