-- What the tests of the access matrix share. Everything is temporary, and undone with the test's transaction.
--
--   pg_temp.access_become(person)   be one of the identities of access_people()
--   pg_temp.access_try(...)         what comes of one statement, which is undone: reached, filtered (no row),
--                                   refused (by a policy), denied (no privilege), or failed
--   pg_temp.access_reach(...)       what several add up to: no, none, some, all, or not verified
--
-- A limited statement names no row; a restrictive policy lets it have one row only. So it takes a role that owns
-- the tables to run these tests, and one that may become each identity.

create function pg_temp.access_people() returns jsonb
    language sql immutable
return :'people'::jsonb;

create function pg_temp.access_become(person text) returns void
    language plpgsql
as $$
declare
    setting record;
begin
    for setting in
        select pair ->> 0 as name, pair ->> 1 as value
        from jsonb_array_elements(pg_temp.access_people() -> person) with ordinality as pairs (pair, place)
        order by place
    loop
        perform set_config(setting.name, setting.value, true);
    end loop;
end
$$;

create function pg_temp.access_verdict(state text, message text, context text, statement text) returns text
    language sql
as $$
    select case
        when not starts_with(context, 'SQL statement "' || statement) then
            case when state = '42501' and context ~ '\A[^\n]* at RAISE' then 'refused' else 'failed' end
        when state = '42501' and message like '%row-level security%' then 'refused'
        when state = '42501' then 'denied'
        when state = '44000' then 'refused'
        when state in ('55000', '42809') then 'denied'
        when state like '23%' or state = '0A000' then 'reached'
        else 'failed'
    end
$$;

create function pg_temp.access_limit(relation regclass, action text, condition text) returns void
    language plpgsql
as $$
declare
    places text;
begin
    execute format('select array_agg(ctid)::text from %s as pgassay_row where %s', relation, condition) into places;
    perform set_config('pgassay.sample', coalesce(places, '{}'), true);
    execute format(
        'create policy pgassay_sample on %s as restrictive for %s'
        ' using (ctid = any (current_setting(''pgassay.sample'')::tid[]))%s',
        relation,
        action,
        case action when 'update' then ' with check (true)' else '' end
    );
end
$$;

create function pg_temp.access_try(person text, relation regclass, action text, attempt jsonb, unguarded boolean)
    returns text
    language plpgsql
as $$
declare
    statement text := attempt ->> 'statement';
    step text;
    touched bigint;
    outcome text;
    failure text;
begin
    begin
        if (attempt ->> 'limited')::boolean then
            perform pg_temp.access_limit(relation, action, attempt ->> 'row');
        end if;
        if unguarded then
            perform set_config('session_replication_role', 'replica', true);
        end if;
        perform pg_temp.access_become(person);
        execute statement;
        get diagnostics touched = row_count;
        for step in select jsonb_array_elements_text(attempt -> 'after') loop
            execute step;
            get diagnostics touched = row_count;
        end loop;
        -- Only an exception undoes what the statement did.
        raise exception using errcode = 'UNDO0';
    exception
        when sqlstate 'UNDO0' then
            -- A row that was moved is looked for afterwards: it is out of reach where it is not found.
            outcome := case
                when action = 'truncate' or (touched = 0) = (attempt -> 'after' <> '[]') then 'reached'
                else 'filtered'
            end;
        when others then
            get stacked diagnostics failure = pg_exception_context;
            outcome := pg_temp.access_verdict(sqlstate, sqlerrm, failure, statement);
    end;
    if outcome = 'failed' and not unguarded then
        return pg_temp.access_try(person, relation, action, attempt, true);
    end if;
    return outcome;
end
$$;

create function pg_temp.access_reach(person text, relation regclass, action text, attempts jsonb) returns text
    language sql
as $$
    select case
        when bool_or(outcome = 'denied') then 'no'
        when bool_or(outcome = 'reached') and bool_or(outcome in ('filtered', 'refused')) then 'some'
        when bool_or(outcome = 'failed') then 'not verified'
        when bool_or(outcome = 'reached') then 'all'
        else 'none'
    end
    from jsonb_array_elements(attempts) as each (attempt)
    cross join lateral (select pg_temp.access_try(person, relation, action, attempt, false)) as tried (outcome)
$$;
