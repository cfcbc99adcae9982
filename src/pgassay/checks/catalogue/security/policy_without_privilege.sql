-- title: Policy for a role that lacks the privilege
-- level: info
-- since: 14
-- help: Grant the privilege to the role, or drop {object}, which can never apply.
--
-- Policies and privileges are both needed. A policy for a role without the privilege misleads whoever reads
-- it, and opens the table as soon as someone grants the privilege.

select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    format(
        'is for %s, who may not %s',
        string_agg(quote_ident(r.rolname), ', ' order by r.rolname),
        case p.polcmd
            when '*' then 'do anything with the table'
            when 'r' then 'select'
            when 'a' then 'insert'
            when 'w' then 'update'
            else 'delete'
        end
    ) as detail
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral unnest(p.polroles) as addressed (role)
join pg_catalog.pg_roles as r on r.oid = addressed.role
where p.polpermissive
    and c.relrowsecurity
    and n.nspname <> all (:'ignored_schemas'::name[])
    and not case p.polcmd
        when 'r' then has_any_column_privilege(r.oid, c.oid, 'select')
        when 'a' then has_any_column_privilege(r.oid, c.oid, 'insert')
        when 'w' then has_any_column_privilege(r.oid, c.oid, 'update')
        when 'd' then has_table_privilege(r.oid, c.oid, 'delete')
        else
            has_any_column_privilege(r.oid, c.oid, 'select, insert, update')
            or has_table_privilege(r.oid, c.oid, 'delete')
    end
group by n.nspname, c.relname, p.polname, p.polcmd;

-- breaks: a policy, and no grant
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant select on shop.invoice to clerk;
create policy changing on shop.invoice for update to clerk using (owner = current_user);

-- holds: a grant on one column is enough
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant select, update (owner) on shop.invoice to clerk;
create policy changing on shop.invoice for update to clerk using (owner = current_user);

-- holds: for all commands, of which one is granted
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant delete on shop.invoice to clerk;
create policy own on shop.invoice to clerk using (owner = current_user);
