-- title: Policies that say the same
-- level: info
-- since: 14
-- help: Drop all but one of {policies}, and mind that dropping only one changes nothing.
--
-- Two policies with the same command, roles and conditions: whoever tightens one is surprised that the other
-- still lets rows pass.

select
    format('%I.%I', n.nspname, c.relname) as object,
    'the same is said by ' || string_agg(quote_ident(p.polname), ', ' order by p.polname) as detail,
    jsonb_build_object('policies', string_agg(quote_ident(p.polname), ', ' order by p.polname)) as metadata
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where n.nspname <> all (:'ignored_schemas'::name[])
group by
    n.nspname,
    c.relname,
    c.oid,
    p.polcmd,
    p.polpermissive,
    array(select unnest(p.polroles) order by 1),
    coalesce(pg_get_expr(p.polqual, c.oid), ''),
    coalesce(pg_get_expr(p.polwithcheck, c.oid), '')
having count(*) > 1;

-- breaks: made twice under two names
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (owner = current_user);
create policy "own (2)" on shop.invoice using (owner = current_user);

-- holds: another command, another role
create role clerk;
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice for select using (owner = current_user);
create policy changing on shop.invoice for update using (owner = current_user);
create policy deleting on shop.invoice for delete using (owner = current_user);
create policy clerks on shop.invoice for select to clerk using (owner = current_user);
