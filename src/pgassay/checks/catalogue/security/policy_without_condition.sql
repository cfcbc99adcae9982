-- title: Policy without a condition, which permits nothing
-- level: warning
-- since: 14
-- help: Give {object} a condition (USING to read, change and delete, WITH CHECK for new rows), or drop it.
--
-- PostgreSQL accepts a policy without USING and WITH CHECK, and an INSERT policy cannot have USING. Such a
-- policy lets no row pass, which surprises whoever wrote it.

select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    case p.polcmd
        when 'a' then 'an INSERT policy without WITH CHECK permits no new row'
        else 'a policy without USING finds no row'
    end as detail
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where p.polpermissive
    and c.relrowsecurity
    and n.nspname <> all (:'ignored_schemas'::name[])
    and case p.polcmd when 'a' then p.polwithcheck is null else p.polqual is null end;

-- breaks: an INSERT policy without WITH CHECK
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy adding on shop.invoice for insert;

-- breaks: an UPDATE policy with a check only
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy changing on shop.invoice for update with check (owner = current_user);

-- holds: each with the condition that it needs
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy adding on shop.invoice for insert with check (owner = current_user);
create policy changing on shop.invoice for update using (owner = current_user);
