-- title: Several permissive policies for one command and role
-- level: info
-- since: 14
-- help: Where it costs time, join the conditions with OR in one policy for {object}.
--
-- Each of them is evaluated for every row, and the first that is true decides. Readable as it is; on hot
-- tables one policy is faster.

with permissive as (
    select
        p.polname,
        p.polrelid,
        n.nspname,
        c.relname,
        addressed.role,
        command.name as command
    from pg_catalog.pg_policy as p
    join pg_catalog.pg_class as c on c.oid = p.polrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    cross join lateral unnest(p.polroles) as addressed (role)
    join (values ('r', 'select'), ('a', 'insert'), ('w', 'update'), ('d', 'delete')) as command (code, name)
        on p.polcmd = '*' or p.polcmd::text = command.code
    where p.polpermissive
        and c.relrowsecurity
        and n.nspname <> all (:'ignored_schemas'::name[])
)
select
    format('%I.%I', nspname, relname) as object,
    format(
        '%s policies for %s to %s: %s',
        count(*),
        command,
        coalesce(pg_get_userbyid(nullif(role, 0))::text, 'public'),
        string_agg(quote_ident(polname), ', ' order by polname)
    ) as detail
from permissive
group by nspname, relname, polrelid, command, role
having count(*) > 1;

-- breaks: two for the same command
create schema shop;
create table shop.invoice (id int primary key, owner name, deputy name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice for select using (owner = current_user);
create policy deputy on shop.invoice using (deputy = current_user);

-- holds: one for each command
create schema shop;
create table shop.invoice (id int primary key, owner name, deputy name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice for select using (owner = current_user or deputy = current_user);
create policy changing on shop.invoice for update using (owner = current_user);
