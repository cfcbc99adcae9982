-- title: Columns that the migration should have made
-- level: failed
-- area: post-migration
-- parameter: columns = {} (names) columns that must be there, as schema.table.column, or with a type behind a blank
-- help: See whether the migration ran to its end, and run it again: pgassay migrate status
--
-- A type is compared as format_type() writes it: integer, character varying(80), timestamp with time zone.

with wanted as (
    select
        g.name,
        btrim(substr(g.name, length(m.path[1]) + 1)) as type,
        case when m.path is not null then parse_ident(m.path[1]) end as parts
    from unnest(:'columns'::text[]) as g (name)
    left join lateral regexp_match(
        g.name,
        '^((?:"(?:[^"]|"")+"|[[:alpha:]_][\w$]*)(?:\.(?:"(?:[^"]|"")+"|[[:alpha:]_][\w$]*)){2})(?: .*)?$'
    ) as m (path) on true
),
found as (
    select
        w.name,
        w.parts,
        w.type,
        c.oid as relation,
        quote_ident(n.nspname) || '.' || quote_ident(c.relname) as table_name,
        a.attname,
        format_type(a.atttypid, a.atttypmod) as is_type
    from wanted as w
    left join pg_catalog.pg_namespace as n on n.nspname = w.parts[1]
    left join pg_catalog.pg_class as c
        on c.relnamespace = n.oid and c.relname = w.parts[2] and c.relkind in ('r', 'p', 'm', 'f', 'v')
    left join pg_catalog.pg_attribute as a
        on a.attrelid = c.oid and a.attname = w.parts[3] and a.attnum > 0 and not a.attisdropped
)
select
    f.name as object,
    case
        when f.parts is null then 'this names no column: write schema.table.column'
        when f.relation is null then 'there is no such table'
        when f.attname is null then format('%s has no such column', f.table_name)
        else format('it is %s', f.is_type)
    end as detail,
    case when f.attname is not null and f.type in ('', f.is_type) then 'passed' else 'failed' end as level,
    null as remediation
from found as f
union all
select format('%I', current_database()), 'no columns are configured: [checks.expected_columns] columns', 'info', ''
where cardinality(:'columns'::text[]) = 0;

-- breaks: a column that was not added
-- with: columns = {public.contact.phone}
create table public.contact (id int primary key);

-- breaks: a column of another type
-- with: columns = {public.contact.id bigint}
create table public.contact (id int primary key);

-- breaks: a column that was dropped
-- with: columns = {public.contact.phone}
create table public.contact (id int primary key, phone text);
alter table public.contact drop column phone;

-- holds: all there
-- with: columns = {public.contact.id integer,public.contact.since timestamp with time zone,"public.contact.\"Tél.\""}
create table public.contact (id int primary key, since timestamptz, "Tél." text);
