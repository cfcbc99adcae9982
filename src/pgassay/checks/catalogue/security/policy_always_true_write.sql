-- title: Policy that lets everyone change every row
-- level: failed
-- since: 14
-- help: Replace the condition of {object} by one that looks at the row, such as (owner_id = (select
--   auth.uid())).
--
-- Reported are permissive policies for INSERT, UPDATE, DELETE or ALL, addressed to everyone or to an API
-- role, whose deciding condition is always true: true itself, a comparison of constants or of a column with
-- itself, or a branch "or true". What decides: USING for DELETE; WITH CHECK for INSERT; for UPDATE and ALL
-- USING, which also checks the new row where there is no WITH CHECK (the other half is policy_check_wider).
-- An INSERT that everyone may do is a warning, since a contact form wants just that. A policy counts only
-- while a role that is bound by row-level security holds the privilege.

with write_policy as (
    select
        p.polrelid,
        p.polname,
        p.polcmd,
        c.relowner,
        c.relacl,
        format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
        case p.polcmd when 'a' then p.polwithcheck else p.polqual end::text as tree,
        pg_get_expr(case p.polcmd when 'a' then p.polwithcheck else p.polqual end, p.polrelid) as condition
    from pg_catalog.pg_policy as p
    join pg_catalog.pg_class as c on c.oid = p.polrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where p.polpermissive
        and p.polcmd <> 'r'
        and c.relrowsecurity
        and n.nspname <> all (:'ignored_schemas'::name[])
        and exists (
            select
            from unnest(p.polroles) as addressed (role)
            where addressed.role = 0
                or exists (
                    select
                    from pg_catalog.pg_roles as r
                    where r.rolname = any (:'api_roles'::name[])
                        and pg_has_role(r.oid, addressed.role, 'usage')
                )
        )
)
select
    w.object,
    format(
        'the condition for %s is always true: %s',
        case w.polcmd
            when '*' then 'all commands'
            when 'a' then 'insert'
            when 'w' then 'update'
            else 'delete'
        end,
        w.condition
    ) as detail,
    case w.polcmd when 'a' then 'warning' else 'failed' end as level
from write_policy as w
where (
        w.condition = 'true'
        or w.condition ~ '^\(true OR | OR true\)$'
        or w.condition ~ '^\((\S+) = \1\)$'
        or (
            -- Nothing in it can differ from row to row or from call to call.
            w.tree !~ '\{(VAR|SUBLINK|FUNCEXPR|SQLVALUEFUNCTION|PARAM|COERCEVIAIO) '
            and w.condition not in ('false', '(NOT true)')
            and w.condition !~ '^\(\S+ (<>|<|>) \S+\)$'
            and w.condition !~ '^\(\S+ = \S+\)$'
        )
    )
    and (
        exists (
            select
            from aclexplode(w.relacl) as a
            left join pg_catalog.pg_roles as r on r.oid = a.grantee
            where a.grantee <> w.relowner
                and not coalesce(r.rolsuper or r.rolbypassrls, false)
                and (
                    (a.privilege_type = 'INSERT' and w.polcmd in ('a', '*'))
                    or (a.privilege_type = 'UPDATE' and w.polcmd in ('w', '*'))
                    or (a.privilege_type = 'DELETE' and w.polcmd in ('d', '*'))
                )
        )
        or exists (
            select
            from pg_catalog.pg_attribute as a
            cross join aclexplode(a.attacl) as x
            where a.attrelid = w.polrelid
                and a.attacl is not null
                and (
                    (x.privilege_type = 'INSERT' and w.polcmd in ('a', '*'))
                    or (x.privilege_type = 'UPDATE' and w.polcmd in ('w', '*'))
                )
        )
    );

-- breaks: everyone may do everything
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant select, insert, update, delete on shop.invoice to clerk;
create policy open on shop.invoice using (true) with check (true);

-- breaks: true in other words
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant delete on shop.invoice to clerk;
create policy open on shop.invoice for delete using (1 = 1);

-- breaks: a branch that is true
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant update on shop.invoice to clerk;
create policy open on shop.invoice for update using (owner = current_user or true);

-- breaks: a column compared with itself, and a privilege on one column only
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant update (owner) on shop.invoice to clerk;
create policy open on shop.invoice for update using (owner = owner);

-- holds: the row decides
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant select, insert, update, delete on shop.invoice to clerk;
create policy own on shop.invoice using (owner = current_user);

-- holds: everyone may read
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant select on shop.invoice to clerk;
create policy open on shop.invoice for select using (true);

-- holds: a role of the server side
create role clerk;
create role backoffice;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant select, update on shop.invoice to clerk, backoffice;
create policy open on shop.invoice to backoffice using (true);

-- holds: always false, and true only beside another condition
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant select, update, delete on shop.invoice to clerk;
create policy never on shop.invoice for delete using (1 = 2);
create policy own on shop.invoice for update using (owner = current_user and (id = id or true));

-- breaks: a constant that no comparison shows
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant delete on shop.invoice to clerk;
create policy open on shop.invoice for delete using (1 is not null);

-- holds: the privilege is the owner's alone, or of those whom no policy binds, or for another command
create role service_role bypassrls;
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
grant select, insert (owner), update (owner) on shop.invoice to clerk;
grant delete on shop.invoice to service_role;
create policy open on shop.invoice for delete using (true);
