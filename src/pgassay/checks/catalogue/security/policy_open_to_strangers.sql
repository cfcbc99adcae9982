-- title: Policy that passes whoever is not signed in
-- level: failed
-- since: 14
-- help: Turn the test in {object} round: (auth.uid() is not null), or address the policy to the role
--   authenticated.
--
-- A branch "auth.uid() is null" is true for every anonymous request. It is written by mistake for its
-- opposite, or to let jobs without a user pass, for which there is service_role. Reported where the branch
-- alone decides.

select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    'passes every row to callers without a user: ' || found.condition as detail
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral (
    select
        regexp_replace(
            expression,
            '\( ?SELECT (auth\.(?:uid|role|jwt)\(\))(?: AS \w+)?\)',
            '\1',
            'g'
        ) as condition
    from unnest(array[pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)]) as expression
    where strpos(expression, 'auth.') > 0
) as found
where p.polpermissive
    and c.relrowsecurity
    and n.nspname <> all (:'ignored_schemas'::name[])
    and (
        found.condition ~ '^\((auth\.(uid|jwt)\(\) IS NULL|auth\.role\(\) = ''anon''::text)\)$'
        or found.condition ~ '^\(\((auth\.(uid|jwt)\(\) IS NULL|auth\.role\(\) = ''anon''::text)\) OR '
        or found.condition ~ ' OR \((auth\.(uid|jwt)\(\) IS NULL|auth\.role\(\) = ''anon''::text)\)\)$'
        or (
            found.condition ~ ' OR \((auth\.(uid|jwt)\(\) IS NULL|auth\.role\(\) = ''anon''::text)\) OR '
            and found.condition !~ ' AND '
        )
    )
    and exists (
        select
        from unnest(p.polroles) as addressed (role)
        left join pg_catalog.pg_roles as r on r.oid = addressed.role
        where addressed.role = 0
            or r.rolname = 'anon'
    );

-- breaks: the opposite of what was meant
create schema auth;
create function auth.uid() returns uuid language sql stable return current_setting('request.sub', true)::uuid;
create schema shop;
create table shop.invoice (id int primary key, owner_id uuid);
alter table shop.invoice enable row level security;
create policy members on shop.invoice using (auth.uid() is null);

-- breaks: a branch for jobs
create schema auth;
create function auth.uid() returns uuid language sql stable return current_setting('request.sub', true)::uuid;
create schema shop;
create table shop.invoice (id int primary key, owner_id uuid);
alter table shop.invoice enable row level security;
create policy own on shop.invoice using ((select auth.uid()) is null or owner_id = (select auth.uid()));

-- holds: the row decides for strangers, too
create schema auth;
create function auth.uid() returns uuid language sql stable return current_setting('request.sub', true)::uuid;
create schema shop;
create table shop.article (id int primary key, published boolean, owner_id uuid);
alter table shop.article enable row level security;
create policy readable on shop.article for select
    using ((auth.uid() is null and published) or owner_id = auth.uid());

-- holds: only signed-in callers are addressed
create schema auth;
create function auth.uid() returns uuid language sql stable return current_setting('request.sub', true)::uuid;
create role authenticated;
create schema shop;
create table shop.article (id int primary key, published boolean, owner_id uuid);
alter table shop.article enable row level security;
create policy readable on shop.article for select to authenticated
    using (auth.uid() is null or owner_id = auth.uid());

-- holds: the branch is within another condition
create schema auth;
create function auth.uid() returns uuid language sql stable return current_setting('request.sub', true)::uuid;
create schema shop;
create table shop.article (id int primary key, published boolean, owner_id uuid);
alter table shop.article enable row level security;
create policy readable on shop.article for select
    using (published and (owner_id = (select auth.uid()) or (select auth.uid()) is null));

-- breaks: the last branch, for anon
create role anon;
create schema auth;
create function auth.uid() returns uuid language sql stable return current_setting('request.sub', true)::uuid;
create schema shop;
create table shop.article (id int primary key, published boolean, owner_id uuid);
alter table shop.article enable row level security;
create policy readable on shop.article for select to anon using (published or auth.uid() is null);

-- breaks: a branch in the middle, in WITH CHECK
create schema auth;
create function auth.role() returns text language sql stable return current_setting('request.role', true);
create schema shop;
create table shop.article (id int primary key, published boolean, owner name);
alter table shop.article enable row level security;
create policy adding on shop.article for insert
    with check (published or auth.role() = 'anon' or owner = current_user);
