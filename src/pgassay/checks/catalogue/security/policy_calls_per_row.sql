-- title: Policy that calls a function once for every row
-- level: warning
-- since: 14
-- parameter: functions = auth.uid, auth.jwt, auth.role, auth.email, auth.user_id, current_setting (names)
--   functions whose
--   answer is the same for the whole statement, as policies print them
-- help: Write (select auth.uid()) instead of auth.uid() in {object}, and so for each call named.
--
-- In a sub-select without FROM the function is called once for the statement, not once for each row: on large
-- tables the difference is a hundredfold. Every call is judged by itself, so that one wrapped call does not
-- hide another that is not. A sub-select that mentions a column of the row is evaluated for every row, and
-- counts as not wrapped.

with recursive condition as (
    -- Literals and quoted names may hold parentheses and words: they are taken out first.
    select
        p.oid as policy,
        replace(
            replace(plain.text, '(' || alias.name || '.', '(this_row.'),
            ' ' || alias.name || '.',
            ' this_row.'
        ) as text
    from pg_catalog.pg_policy as p
    join pg_catalog.pg_class as c on c.oid = p.polrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    cross join lateral (
        select case when quote_ident(c.relname) ~ '^"' then 'quoted' else c.relname::text end as name
    ) as alias
    cross join lateral unnest(
        array[pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)]
    ) as expression
    cross join lateral (
        select regexp_replace(
            regexp_replace(expression, '''(?:[^'']|'''')*''', '''''', 'g'),
            '"(?:[^"]|"")*"',
            'quoted',
            'g'
        ) as text
    ) as plain
    where n.nspname <> all (:'ignored_schemas'::name[])
        and c.relrowsecurity
        -- Where every call is plainly wrapped there is nothing to look into.
        and regexp_replace(plain.text, '\( SELECT [\w.]+\(\) AS \w+\)', '', 'g')
            ~ ('(' || replace(array_to_string(:'functions'::text[], '|'), '.', '\.') || ')\(')
),
reduced as (
    -- From the innermost parentheses outwards: a sub-select that is evaluated once goes, all else stays in
    -- brackets.
    select policy, text
    from condition
    union all
    select
        policy,
        regexp_replace(
            regexp_replace(text, '\( *SELECT (?:(?!\sFROM\s|\mthis_row\.)[^()])*\)', 'once', 'g'),
            '\(([^()]*)\)',
            '[\1]',
            'g'
        )
    from reduced
    where text ~ '\('
),
call as (
    select r.policy, function, count(*) as times
    from reduced as r
    cross join unnest(:'functions'::name[]) as function
    cross join lateral regexp_matches(
        r.text,
        '(?:^|[^\w.])' || case when strpos(function, '.') > 0 then '' else '(?:pg_catalog\.)?' end
        || replace(function, '.', '\.') || '\[',
        'g'
    )
    where r.text !~ '\('
    group by r.policy, function
)
select
    format('%I.%I.%I', n.nspname, c.relname, p.polname) as object,
    string_agg(
        format('calls %s() for every row', call.function)
        || case when call.times > 1 then format(', in %s places', call.times) else '' end,
        ', '
        order by call.function
    ) as detail
from call
join pg_catalog.pg_policy as p on p.oid = call.policy
join pg_catalog.pg_class as c on c.oid = p.polrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
group by n.nspname, c.relname, p.polname;

-- breaks: a call for every row
create schema auth;
create function auth.uid() returns uuid language sql stable return current_setting('request.sub', true)::uuid;
create schema shop;
create table shop.invoice (id int primary key, owner_id uuid);
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (owner_id = auth.uid());

-- breaks: one call is wrapped, the other is not
create schema auth;
create function auth.uid() returns uuid language sql stable return current_setting('request.sub', true)::uuid;
create schema shop;
create table shop.invoice (id int primary key, owner_id uuid, deputy_id uuid);
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (owner_id = (select auth.uid()) or deputy_id = auth.uid());

-- breaks: a setting, in WITH CHECK only
create schema shop;
create table shop.invoice (id int primary key, tenant text);
alter table shop.invoice enable row level security;
create policy own on shop.invoice for insert with check (tenant = current_setting('app.tenant', true));

-- breaks: unwrapped inside a sub-select that has a FROM
create schema auth;
create function auth.uid() returns uuid language sql stable return current_setting('request.sub', true)::uuid;
create schema shop;
create table shop.member (tenant int, user_id uuid);
create table shop.invoice (id int primary key, tenant int);
alter table shop.invoice enable row level security;
create policy own on shop.invoice
    using (exists (select from shop.member as m where m.tenant = invoice.tenant and m.user_id = auth.uid()));

-- breaks: a sub-select that looks at the row
create schema auth;
create function auth.uid() returns uuid language sql stable return current_setting('request.sub', true)::uuid;
create schema shop;
create table shop.invoice (id int primary key, owner_id uuid);
alter table shop.invoice enable row level security;
create policy own on shop.invoice using ((select auth.uid() = owner_id));

-- holds: every call is wrapped, however deep
create schema auth;
create function auth.uid() returns uuid language sql stable return current_setting('request.sub', true)::uuid;
create function auth.jwt() returns jsonb language sql stable return current_setting('request.jwt', true)::jsonb;
create schema shop;
create table shop.member (tenant int, user_id uuid);
create table shop.invoice (id int primary key, tenant int, owner_id uuid, "owner (old)" uuid);
alter table shop.invoice enable row level security;
create policy own on shop.invoice using (
    owner_id = (select auth.uid())
    or tenant = (select ((auth.jwt() -> 'app (meta)') ->> 'tenant')::int)
    or "owner (old)" = any (array(select auth.uid()))
    or exists (select from shop.member as m where m.tenant = invoice.tenant and m.user_id = (select auth.uid()))
    or tenant = (select coalesce(nullif(current_setting('app.tenant', true), ''), '0')::int)
);

-- holds: the name within a text
create schema shop;
create table shop.invoice (id int primary key, note text);
alter table shop.invoice enable row level security;
create policy plain on shop.invoice using (note <> 'auth.uid()');
