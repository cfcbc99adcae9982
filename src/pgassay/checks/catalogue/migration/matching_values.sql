-- title: Values that must match
-- level: failed
-- area: pre-migration, post-migration
-- scans: the tables of the configured columns
-- parameter: rules = {} (table) columns, as schema.table.column, and the regular expression that each value must match
-- help: Look at them: {query}. Correct them, then keep it so with a check constraint or a domain.
--
-- Null matches everything (required_values asks for values). The expression is PostgreSQL's, and is looked for
-- anywhere in the value: begin with ^ and end with $ to bind it. ts_stat() is what PostgreSQL has to run a query
-- whose text is made by a query; what comes back are counts, no data.

with wanted as (
    select
        g.name,
        g.pattern,
        case
            when g.name ~ '^("([^"]|"")+"|[[:alpha:]_][\w$]*)(\.("([^"]|"")+"|[[:alpha:]_][\w$]*)){2}$'
                then parse_ident(g.name)
        end as parts
    from jsonb_each_text(:'rules'::jsonb) as g (name, pattern)
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
    select n.*, format('(f.%s::text !~ %L)', n.column_name, w.pattern) as condition
    from named as n
    join wanted as w using (name)
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
        when c.hits = 0 then format('matches, in all rows: %s', c.all_rows)
        else format('does not match: %s of %s rows', c.hits, c.all_rows)
    end as detail,
    case when c.hits = 0 then 'passed' else 'failed' end as level,
    null as remediation,
    jsonb_build_object('rows', c.all_rows, 'wrong', c.hits, 'query', c.query) as metadata
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
select format('%I', current_database()), 'no rules are configured: [checks.matching_values] rules', 'info', '', null
where jsonb_typeof(:'rules'::jsonb) = 'object' and :'rules'::jsonb = '{}';

-- breaks: an address without a domain
-- with: rules = {"public.contact.email": "^[^@ ]+@[^@ ]+$"}
create table public.contact (id int primary key, email text);
insert into public.contact values (1, 'a@example.org'), (2, 'nobody');

-- breaks: a quote in the expression, a number
-- with: rules = {"public.contact.id": "^'$"}
create table public.contact (id int primary key);
insert into public.contact values (1);

-- breaks: a table that is not there
-- with: rules = {"public.contact.email": "."}

-- holds: all match, or are null
-- with: rules = {"public.contact.email": "^[^@ ]+@[^@ ]+$"}
create table public.contact (id int primary key, email text);
insert into public.contact values (1, 'a@example.org'), (2, null);
