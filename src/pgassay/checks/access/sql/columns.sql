-- title: The columns of relations, with what a made-up row would hold in them
--
-- ``made`` is a literal for a row that is made where a table has none; null where only the type's owner
-- would know one. ``surrogate`` columns are keys that nobody but the database chooses. ``leading`` columns can
-- be searched by an index. No UPDATE may set one that is not ``settable``. ``kin`` says which claims may be found in it.

select
    a.attrelid::bigint as oid,
    pg_catalog.quote_ident(a.attname) as name,
    (a.attgenerated <> '')::integer as generated,
    (
        c.relkind in ('r', 'p')
        or pg_catalog.pg_column_is_updatable(a.attrelid, a.attnum, true)
    )::integer as writable,
    (
        a.attidentity <> 'a'
        and not exists (
            select
            from pg_catalog.pg_rewrite as rule
            join pg_catalog.pg_depend as d
                on d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
                and d.objid = rule.oid
                and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
            join pg_catalog.pg_attribute as under
                on under.attrelid = d.refobjid
                and under.attnum = d.refobjsubid
            where rule.ev_class = a.attrelid
                and c.relkind = 'v'
                and under.attname = a.attname
                and (under.attidentity = 'a' or under.attgenerated <> '')
        )
    )::integer as settable,
    a.attnotnull::integer as required,
    (a.atthasdef or a.attidentity <> '')::integer as filled,
    (
        (a.atthasdef or a.attidentity <> '')
        and coalesce(primary_key.conkey @> array[a.attnum], false)
        and not foreign_key.found
    )::integer as surrogate,
    foreign_key.found::integer as foreign_key,
    exists (
        select
        from pg_catalog.pg_index as i
        where i.indrelid = a.attrelid
            and (i.indkey::smallint[])[0] = a.attnum
            and i.indisvalid
    )::integer as leading,
    case
        when plain.typname = 'uuid' then 'uuid'
        when plain.typname in ('text', 'varchar', 'bpchar', 'citext') then 'text'
        when plain.typname in ('int2', 'int4', 'int8', 'numeric') then 'number'
        else ''
    end as kin,
    case
        when plain.typname = 'uuid' then '00000000-0000-4000-8000-000000000000'
        when plain.typname = 'jsonb' or plain.typname = 'json' then '{}'
        when plain.typname = 'xml' then '<x/>'
        when plain.typname = 'bytea' then ''
        when plain.typname in ('tsvector', 'tsquery') then 'x'
        when plain.typcategory = 'E' then (
            select label.enumlabel
            from pg_catalog.pg_enum as label
            where label.enumtypid = plain.oid
            order by label.enumsortorder
            limit 1
        )::text
        when plain.typcategory = 'B' then 'false'
        when plain.typcategory = 'N' then '1'
        when plain.typcategory = 'S' then 'x'
        when plain.typname in ('date', 'timestamp', 'timestamptz') then '2000-01-01'
        when plain.typname in ('time', 'timetz') then '00:00'
        when plain.typcategory = 'T' then '0'
        when plain.typcategory = 'I' then '127.0.0.1'
        when plain.typcategory = 'A' then '{}'
        when plain.typcategory = 'R' then 'empty'
    end as made
from pg_catalog.pg_attribute as a
join pg_catalog.pg_class as c on c.oid = a.attrelid
join pg_catalog.pg_type as own on own.oid = a.atttypid
join pg_catalog.pg_type as plain on plain.oid = case
    when own.typtype <> 'd' then own.oid
    else (
        with recursive under (oid, kind, below) as (
            select own.oid, own.typtype, own.typbasetype
            union all
            select next.oid, next.typtype, next.typbasetype
            from under
            join pg_catalog.pg_type as next on next.oid = under.below
            where under.kind = 'd'
        )
        select under.oid from under where under.kind <> 'd'
    )
end
left join pg_catalog.pg_constraint as primary_key
    on primary_key.conrelid = a.attrelid
    and primary_key.contype = 'p'
cross join lateral (
    select exists (
        select
        from pg_catalog.pg_constraint as k
        where k.conrelid = a.attrelid
            and k.contype = 'f'
            and a.attnum = any (k.conkey)
    ) as found
) as foreign_key
where a.attrelid = any (:'oids'::oid[])
    and a.attnum > 0
    and not a.attisdropped
order by a.attrelid, a.attnum;
