-- title: Fields that the migration filled
-- level: failed
-- area: post-migration
-- scans: the tables of the configured columns
-- parameter: columns = {} (names) columns that a migration fills, as schema.table.column
-- parameter: least_percent = 100 (number) share of the rows that must have a value
-- help: Run the migration's backfill again for the rest: {query}
--
-- The share of the rows that have a value in a column that is new, or was moved. An empty table says nothing.
-- ts_stat() is what PostgreSQL has to run a query
-- whose text is made by a query; what comes back are counts, no data.

with wanted as (
    select
        g.name,
        case
            when g.name ~ '^("([^"]|"")+"|[[:alpha:]_][\w$]*)(\.("([^"]|"")+"|[[:alpha:]_][\w$]*)){2}$'
                then parse_ident(g.name)
        end as parts
    from unnest(:'columns'::text[]) as g (name)
),
named as (
    select
        w.name,
        w.parts,
        c.oid as relation,
        quote_ident(n.nspname) || '.' || quote_ident(c.relname) as table_name,
        quote_ident(a.attname) as column_name,
        t.typcategory = 'S' as is_text,
        has_column_privilege(c.oid, a.attnum, 'select') and not row_security_active(c.oid) as seen
    from wanted as w
    left join pg_catalog.pg_namespace as n on n.nspname = w.parts[1]
    left join pg_catalog.pg_class as c
        on c.relnamespace = n.oid and c.relname = w.parts[2] and c.relkind in ('r', 'p', 'm', 'f', 'v')
    left join pg_catalog.pg_attribute as a
        on a.attrelid = c.oid and a.attname = w.parts[3] and a.attnum > 0 and not a.attisdropped
    left join pg_catalog.pg_type as t on t.oid = a.atttypid
),
conditions as (
    select n.*, format('(f.%s is null)', n.column_name) as condition
    from named as n
),
asked as (
    select c.*, s.word::jsonb as told
    from conditions as c
    cross join lateral ts_stat(
        'select array_to_tsvector(array[jsonb_build_object(''rows'', count(*), ''hits'', count(*) filter (where '
        || c.condition
        || '))::text]) from '
        || c.table_name
        || ' as f'
    ) as s
    where c.seen
),
counted as (
    select
        a.*,
        (a.told ->> 'rows')::bigint as all_rows,
        (a.told ->> 'hits')::bigint as hits,
        'select f.* from ' || a.table_name || ' as f where ' || a.condition || ' limit 20' as query
    from asked as a
)
select
    c.name as object,
    case
        when c.all_rows = 0 then 'the table is empty'
        else format(
            'filled: %s %% (%s of %s rows)',
            trunc(100.0 * (c.all_rows - c.hits) / c.all_rows, 1),
            c.all_rows - c.hits,
            c.all_rows
        )
    end as detail,
    case
        when c.all_rows = 0 then 'info'
        when 100.0 * (c.all_rows - c.hits) / c.all_rows < :'least_percent'::numeric then 'failed'
        else 'passed'
    end as level,
    null as remediation,
    jsonb_build_object('rows', c.all_rows, 'filled', c.all_rows - c.hits, 'query', c.query) as metadata
from counted as c
union all
select
    n.name,
    case
        when n.parts is null then 'this names no column: write schema.table.column'
        when n.relation is null then 'there is no such table'
        when n.column_name is null then format('%s has no such column', n.table_name)
        when row_security_active(n.relation)
            then format('row-level security hides rows of it from %I', current_user)
        else format('%I may not read it', current_user)
    end,
    case when n.column_name is null then 'failed' else 'not verified' end,
    case
        when n.column_name is null then 'Correct the name in pgassay.toml, or find out what dropped the column.'
        else 'Ask as a role that sees all rows of the table.'
    end,
    null
from named as n
where n.seen is not true
union all
select format('%I', current_database()), 'no columns are configured: [checks.filled_fields] columns', 'info', '', null
where cardinality(:'columns'::text[]) = 0;

-- breaks: two of three are filled
-- with: columns = {public.contact.full_name}
create table public.contact (id int primary key, full_name text);
insert into public.contact values (1, 'a'), (2, 'b'), (3, null);

-- breaks: not even there
-- with: columns = {public.contact.full_name}
create table public.contact (id int primary key);

-- holds: as many as are wanted
-- with: columns = {public.contact.full_name}
-- with: least_percent = 60
create table public.contact (id int primary key, full_name text);
insert into public.contact values (1, 'a'), (2, 'b'), (3, null);

-- holds: an empty table
-- with: columns = {public.contact.full_name}
create table public.contact (id int primary key, full_name text);
