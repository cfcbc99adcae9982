-- Who tests act as. Included by \ir inside the test's transaction; everything is temporary.
--
--   pg_temp.id(label)             the same uuid for the same label, in every file and every run
--   pg_temp.become(persona)       be that person until the next become(); 'nobody' gives the role back
--   pg_temp.attempt(persona, sql) what happens when that person runs the statement; its effects are
--                                 undone: 'N rows', 'denied' (no privilege), 'refused' (a row that
--                                 row-level security does not let in), or 'error SQLSTATE'
--
-- Personas are labels of users, made a row by world.sql; anon and service are roles without a user.

create function pg_temp.id(label text) returns uuid
    language sql immutable
return md5('crm test: ' || label)::uuid;

create function pg_temp.become(persona text) returns void
    language plpgsql
as $$
declare
    request_role text := case persona
        when 'nobody' then 'none'
        when 'anon' then 'anon'
        when 'service' then 'service_role'
        else 'authenticated'
    end;
    claims jsonb := jsonb_strip_nulls(
        jsonb_build_object(
            'role', request_role,
            'sub', case request_role when 'authenticated' then pg_temp.id(persona) end
        )
    );
begin
    perform set_config('role', request_role, true);
    perform set_config(
        'request.jwt.claims',
        case request_role when 'none' then '' else claims::text end,
        true
    );
end
$$;

create function pg_temp.attempt(persona text, statement text) returns text
    language plpgsql
as $$
declare
    touched bigint;
    outcome text;
begin
    perform pg_temp.become(persona);
    begin
        execute statement;
        get diagnostics touched = row_count;
        -- Only an exception undoes what the statement did.
        raise exception using errcode = 'UNDO0';
    exception
        when sqlstate 'UNDO0' then
            outcome := touched || case touched when 1 then ' row' else ' rows' end;
        when insufficient_privilege then
            outcome := case when sqlerrm like '%row-level security%' then 'refused' else 'denied' end;
        when others then
            outcome := 'error ' || sqlstate;
    end;
    perform pg_temp.become('nobody');
    return outcome;
end
$$;
