-- title: Rows that may be changed but not seen
-- level: info
-- since: 14
-- help: Add a SELECT policy for the same role as {object}, or let writes go through a function.
--
-- UPDATE and DELETE find rows by reading them, which SELECT policies decide. Without one for the role, they
-- change no row whenever they name a column in WHERE or RETURNING, and say nothing about it.

select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    format(
        'permits %s, but no policy lets the same role read, so nothing is found to change',
        case p.polcmd when 'w' then 'update' else 'delete' end
    ) as detail
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where p.polpermissive
    and p.polcmd in ('w', 'd')
    and c.relrowsecurity
    and n.nspname <> all (:'ignored_schemas'::name[])
    and not exists (
        select
        from pg_catalog.pg_policy as reading
        cross join lateral unnest(p.polroles) as writer (role)
        cross join lateral unnest(reading.polroles) as reader (role)
        where reading.polrelid = p.polrelid
            and reading.polpermissive
            and reading.polcmd in ('r', '*')
            and (
                reader.role = 0
                or writer.role = 0
                or pg_has_role(writer.role, reader.role, 'usage')
            )
    );

-- breaks: update alone
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy changing on shop.invoice for update using (owner = current_user);

-- holds: update and select
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy changing on shop.invoice for update to clerk using (owner = current_user);
create policy seeing on shop.invoice for select using (owner = current_user);

-- holds: everyone may change what one role may see
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy changing on shop.invoice for update using (owner = current_user);
create policy seeing on shop.invoice for select to clerk using (owner = current_user);

-- breaks: a restrictive policy lets nobody see, and one for another role does not help
create role clerk;
create role chief;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy changing on shop.invoice for update to clerk using (owner = current_user);
create policy wall on shop.invoice as restrictive for select using (owner = current_user);
create policy seeing on shop.invoice for select to chief using (owner = current_user);
