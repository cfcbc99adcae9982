-- What the objects say about themselves.
with objects (kind, name, comment) as (
    select 'schema', quote_ident(nspname), obj_description(oid, 'pg_namespace')
    from pg_namespace
    where nspname = any(:'schemas'::text[])
    union all
    select
        case relkind when 'v' then 'view' else 'table' end,
        oid::regclass::text,
        obj_description(oid, 'pg_class')
    from pg_class
    where relkind in ('r', 'v') and relnamespace::regnamespace::text = any(:'schemas'::text[])
    union all
    select 'column', format('%s.%I', attrelid::regclass, attname), col_description(attrelid, attnum)
    from pg_attribute
    join pg_class as class on class.oid = attrelid
    where relkind = 'r' and relnamespace::regnamespace::text = any(:'schemas'::text[]) and attnum > 0
    union all
    select 'function', oid::regprocedure::text, obj_description(oid, 'pg_proc')
    from pg_proc
    where pronamespace::regnamespace::text = any(:'schemas'::text[])
)
select format('comment on %s %s is %L;', kind, name, comment)
from objects
where comment is not null
order by kind collate "C",
    name collate "C"
