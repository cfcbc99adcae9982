-- Harm: a procedure of the file commits.
-- Rule: commits

create procedure pg_temp.stay() language plpgsql as $$
begin
    insert into shop.customers (name) values ('left behind');
    commit;
end
$$;
call pg_temp.stay();
