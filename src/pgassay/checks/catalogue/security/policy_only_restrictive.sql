-- title: Only restrictive policies, so nothing is ever permitted
-- level: warning
-- since: 14
-- help: Add a permissive policy for the command on {object}; a restrictive one only narrows what others
--   permit.
--
-- Rows pass when at least one permissive policy lets them pass and every restrictive one does. Without a
-- permissive policy for a command, the restrictive ones for it decide nothing.

select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    format(
        'restricts %s, which no permissive policy of the table permits',
        case p.polcmd
            when '*' then 'all commands'
            when 'r' then 'select'
            when 'a' then 'insert'
            when 'w' then 'update'
            else 'delete'
        end
    ) as detail
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relrowsecurity
    and not p.polpermissive
    and n.nspname <> all (:'ignored_schemas'::name[])
    and not exists (
        select
        from pg_catalog.pg_policy as other
        where other.polrelid = p.polrelid
            and other.polpermissive
            and (p.polcmd = '*' or other.polcmd in ('*', p.polcmd))
    );

-- breaks: a wall, and no door
create schema shop;
create table shop.invoice (id int primary key, tenant int);
alter table shop.invoice enable row level security;
create policy wall on shop.invoice as restrictive using (tenant = 1);

-- breaks: a door for another command
create schema shop;
create table shop.invoice (id int primary key, tenant int);
alter table shop.invoice enable row level security;
create policy wall on shop.invoice as restrictive for update using (tenant = 1);
create policy door on shop.invoice for select using (tenant > 0);

-- holds: a wall and a door
create schema shop;
create table shop.invoice (id int primary key, tenant int);
alter table shop.invoice enable row level security;
create policy wall on shop.invoice as restrictive using (tenant = 1);
create policy door on shop.invoice for select using (tenant > 0);
