-- title: Foreign keys of relations, with the statement that finds a row to point at
--
-- The row is one of those that whoever asks may see; its values come as JSON texts, in the order of ``columns``.
-- A column without a foreign key borrows that of a column of its name and type in another table.

with key as (
    select k.conrelid, k.conkey, k.confrelid, k.confkey, 0 as borrowed, k.conname
    from pg_catalog.pg_constraint as k
    where k.contype = 'f'
        and k.conrelid = any (:'oids'::oid[])
    union all
    (
        select distinct on (a.attrelid, a.attnum)
            a.attrelid, array[a.attnum], k.confrelid, k.confkey, 1, k.conname
        from pg_catalog.pg_attribute as a
        join pg_catalog.pg_attribute as other
            on other.attname = a.attname
            and other.atttypid = a.atttypid
            and other.attrelid <> a.attrelid
        join pg_catalog.pg_constraint as k
            on k.conrelid = other.attrelid
            and k.contype = 'f'
            and k.conkey = array[other.attnum]
        where a.attrelid = any (:'oids'::oid[])
            and a.attnum > 0
            and not a.attisdropped
            and not exists (
                select
                from pg_catalog.pg_constraint as own
                where own.conrelid = a.attrelid
                    and own.contype in ('f', 'p')
                    and a.attnum = any (own.conkey)
            )
        order by a.attrelid, a.attnum, k.conname
    )
)
select
    k.conrelid::bigint as oid,
    pg_catalog.array_to_json(
        array(
            select pg_catalog.quote_ident(a.attname)
            from pg_catalog.unnest(k.conkey) with ordinality as part (attnum, place)
            join pg_catalog.pg_attribute as a on a.attrelid = k.conrelid and a.attnum = part.attnum
            order by part.place
        )
    )::text as columns,
    pg_catalog.format(
        'select pg_catalog.json_build_array(%s)::text from %I.%I where not (%s) limit 1',
        (
            select pg_catalog.string_agg(pg_catalog.format('%I::text', a.attname), ', ' order by part.place)
            from pg_catalog.unnest(k.confkey) with ordinality as part (attnum, place)
            join pg_catalog.pg_attribute as a on a.attrelid = k.confrelid and a.attnum = part.attnum
        ),
        n.nspname,
        c.relname,
        (
            select pg_catalog.string_agg(pg_catalog.format('%I is null', a.attname), ' or ' order by part.place)
            from pg_catalog.unnest(k.confkey) with ordinality as part (attnum, place)
            join pg_catalog.pg_attribute as a on a.attrelid = k.confrelid and a.attnum = part.attnum
        )
    ) as finding
from key as k
join pg_catalog.pg_class as c on c.oid = k.confrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
order by k.conrelid, k.borrowed desc, pg_catalog.cardinality(k.conkey), k.conname;
