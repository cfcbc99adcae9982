-- title: Foreign keys of relations, with the statement that finds a row to point at
--
-- The row is one of those that whoever asks may see; its values come as JSON texts, in the order of ``columns``.

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
from pg_catalog.pg_constraint as k
join pg_catalog.pg_class as c on c.oid = k.confrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where k.contype = 'f'
    and k.conrelid = any (:'oids'::oid[])
order by k.conrelid, pg_catalog.cardinality(k.conkey), k.conname;
