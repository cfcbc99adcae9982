-- title: WITH CHECK wider than USING
-- level: failed
-- since: 14
-- help: Leave WITH CHECK out of {object} (USING then checks the new row, too), or repeat in it what USING
--   asks.
--
-- USING decides which rows may be changed, WITH CHECK what they may become. With a wider WITH CHECK a caller
-- gives a row away or takes it to another tenant. Reported as failed: a WITH CHECK that is always true beside
-- a USING that is not. As a warning: a column that USING compares with the caller and that WITH CHECK does
-- not mention. An UPDATE or ALL policy without WITH CHECK is right: USING is applied to both.

with changing_policy as (
    select
        p.polname,
        c.oid as relation,
        c.relname,
        format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
        regexp_replace(pg_get_expr(p.polqual, p.polrelid), ' AS \w+\)', ')', 'g') as using_condition,
        regexp_replace(pg_get_expr(p.polwithcheck, p.polrelid), ' AS \w+\)', ')', 'g') as check_condition
    from pg_catalog.pg_policy as p
    join pg_catalog.pg_class as c on c.oid = p.polrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where p.polpermissive
        and p.polcmd in ('w', '*')
        -- Most repeat USING, and those are right.
        and pg_get_expr(p.polqual, p.polrelid) <> pg_get_expr(p.polwithcheck, p.polrelid)
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
),
judged as (
    select
        object,
        using_condition,
        check_condition,
        (
            check_condition = 'true'
            or check_condition ~ '^\(true OR | OR true\)$'
            or check_condition ~ '^\((\S+) = \1\)$'
        )
        and using_condition <> 'true' as checks_nothing,
        (
            select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
            from pg_catalog.pg_attribute as a
            where a.attrelid = relation
                and a.attnum > 0
                and not a.attisdropped
                -- Compared with something that is no literal: the caller, or what belongs to the caller.
                and using_condition ~ (
                    '(\(' || quote_ident(a.attname)
                    || ' (= (?!true|false|ANY \(\(*(ARRAY\[)?''|[-''0-9(]*[''0-9])|IN \( SELECT)| = '
                    || quote_ident(a.attname) || '\))'
                )
                and check_condition !~ ('(^|[^\w"])' || quote_ident(a.attname) || '($|[^\w"(])')
        ) as unmentioned
    from changing_policy
)
select
    object,
    case
        when checks_nothing then format('USING is %s, but WITH CHECK lets everything pass', using_condition)
        else format('USING compares %s with the caller, WITH CHECK does not: %s', unmentioned, check_condition)
    end as detail,
    case when checks_nothing then 'failed' else 'warning' end as level
from judged
where checks_nothing
    or unmentioned is not null;

-- breaks: own rows become whatever the caller wants
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice for update using (owner = current_user) with check (true);

-- holds: no WITH CHECK, so USING serves as both
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice for update using (owner = current_user);
create policy own_all on shop.invoice using (owner = current_user);

-- holds: the same columns, and a state that may change
create schema shop;
create table shop.invoice (id int primary key, owner name, state text);
alter table shop.invoice enable row level security;
create policy own on shop.invoice for update
    using (owner = current_user and state = 'draft') with check (owner = current_user);

-- holds: INSERT has nothing but WITH CHECK
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice for insert with check (owner = current_user);

-- breaks: true in other words
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice for update using (owner = current_user) with check (owner = current_user or true);

-- breaks: a column compared with itself
create schema shop;
create table shop.invoice (id int primary key, owner name);
alter table shop.invoice enable row level security;
create policy own on shop.invoice for update using (owner = current_user) with check (owner = owner);

-- breaks: the tenant may be changed
-- expect: warning
create schema shop;
create table shop.member (tenant int, user_name name);
create table shop.invoice (id int primary key, owner name, tenant int);
alter table shop.invoice enable row level security;
create policy own on shop.invoice for update
    using (owner = current_user and tenant in (select m.tenant from shop.member as m where m.user_name = current_user))
    with check (owner = current_user);
