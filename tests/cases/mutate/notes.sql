-- The schema that the mutation checks of the tests are made of. Its suite notices some faults and not others.

create schema app;
create table app.note (
    id integer primary key,
    body text not null,
    pinned boolean not null default false,
    constraint note_body check (length(body) < 10)
);
create table app.tag (id integer primary key, name text not null default 'x');
create function app.double(n integer) returns integer language plpgsql as $$
begin
    if n < 0 then
        return 0;
    end if;
    return n * 2;
end
$$;
