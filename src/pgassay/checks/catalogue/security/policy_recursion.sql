-- title: Policies that ask each other in a circle
-- level: failed
-- since: 14
-- help: Move the look-up into a SECURITY DEFINER function with a fixed search_path, and call that in
--   {object}.
--
-- A policy for reading whose sub-select reads its own table, or one whose policy reads this table in turn,
-- ends every query with "infinite recursion detected in policy". Circles over more than two tables are not
-- seen.

with reads as (
    select distinct
        p.oid as policy,
        p.polrelid as relation,
        d.refobjid as other,
        p.polcmd in ('r', '*') as on_reading
    from pg_catalog.pg_policy as p
    join pg_catalog.pg_class as c on c.oid = p.polrelid and c.relrowsecurity
    join pg_catalog.pg_depend as d on d.classid = 'pg_catalog.pg_policy'::regclass
        and d.objid = p.oid
        and d.refclassid = 'pg_catalog.pg_class'::regclass
        and d.deptype = 'n'
    where d.refobjid <> p.polrelid
    union
    select
        p.oid,
        p.polrelid,
        p.polrelid,
        true
    from pg_catalog.pg_policy as p
    join pg_catalog.pg_class as c on c.oid = p.polrelid and c.relrowsecurity
    where p.polcmd in ('r', '*')
        and strpos(concat_ws(' ', p.polqual::text, p.polwithcheck::text), ':relid ' || p.polrelid || ' ') > 0
)
select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    case
        when mine.other = mine.relation
            then 'its condition reads its own table, whose policies apply to that in turn'
        else format('its condition reads %I.%I, whose policies read this table', tn.nspname, t.relname)
    end as detail
from reads as mine
join pg_catalog.pg_policy as p on p.oid = mine.policy
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
join pg_catalog.pg_class as t on t.oid = mine.other
join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace
where mine.on_reading
    and n.nspname <> all (:'ignored_schemas'::name[])
    and (
        mine.other = mine.relation
        or exists (
            select
            from reads as back
            where back.relation = mine.other
                and back.other = mine.relation
                and back.on_reading
        )
    );

-- breaks: a table that asks itself
create schema shop;
create table shop.member (tenant int, user_name name);
alter table shop.member enable row level security;
create policy colleagues on shop.member for select
    using (tenant in (select m.tenant from shop.member as m where m.user_name = current_user));

-- breaks: two tables that ask each other
create schema shop;
create table shop.project (id int primary key, owner name);
create table shop.share (project int, user_name name);
alter table shop.project enable row level security;
alter table shop.share enable row level security;
create policy shared on shop.project for select
    using (exists (select from shop.share as s where s.project = project.id and s.user_name = current_user));
create policy owned on shop.share for select
    using (exists (select from shop.project as p where p.id = share.project and p.owner = current_user));

-- holds: one asks the other
create schema shop;
create table shop.project (id int primary key, owner name);
create table shop.share (project int, user_name name);
alter table shop.project enable row level security;
alter table shop.share enable row level security;
create policy shared on shop.project for select
    using (exists (select from shop.share as s where s.project = project.id and s.user_name = current_user));
create policy own on shop.share for select using (user_name = current_user);

-- holds: the look-up is in a function
create schema shop;
create table shop.member (tenant int, user_name name);
create function shop.my_tenants() returns setof int language sql stable security definer set search_path = ''
    as $$ select tenant from shop.member where user_name = session_user $$;
alter table shop.member enable row level security;
create policy colleagues on shop.member for select using (tenant in (select shop.my_tenants()));

-- holds: only a writing policy asks its own table, which reads by another
create schema shop;
create table shop.member (tenant int, user_name name);
alter table shop.member enable row level security;
create policy own on shop.member for select using (user_name = current_user);
create policy leaving on shop.member for delete
    using (exists (select from shop.member as m where m.tenant = member.tenant and m.user_name = current_user));
