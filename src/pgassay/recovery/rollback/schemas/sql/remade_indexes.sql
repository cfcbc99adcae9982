-- Indexes, and exclusion constraints, that are built anew; not those of partitioned tables, which consist of others.
select
    part.indexrelid as number,
    case
        when rule.oid is null
            then array[pg_catalog.format('drop index %s', relation.name), pg_catalog.pg_get_indexdef(part.indexrelid)]
        else array[
            pg_catalog.format('alter table %s drop constraint %I', place.name, rule.conname),
            pg_catalog.format('alter table %s add constraint %I %s', place.name, rule.conname, pg_catalog.pg_get_constraintdef(rule.oid))
        ]
    end
    || array(
        select
            pg_catalog.format('alter index %s alter column %s set statistics %s', relation.name, measured.attnum, measured.attstattarget)
        from pg_catalog.pg_attribute as measured
        where measured.attrelid = part.indexrelid
            and measured.attstattarget >= 0
        order by measured.attnum
    )
    || array(
        select step.statement
        from (
            values
                (part.indisclustered, pg_catalog.format('alter table %s cluster on %I', place.name, index.relname)),
                (part.indisreplident, pg_catalog.format('alter table %s replica identity using index %I', place.name, index.relname)),
                (
                    note.text is not null,
                    pg_catalog.format('comment on index %s is %L', relation.name, note.text)
                ),
                (
                    rule_note.text is not null,
                    pg_catalog.format('comment on constraint %s on %s is %L', pg_catalog.quote_ident(rule.conname), place.name, rule_note.text)
                )
        ) as step (wanted, statement)
        where step.wanted
    ) as statements,
    pg_catalog.pg_has_role(index.relowner, 'usage') as may,
    null::text[] as unvalidated,
    '{}'::text[] as first,
    array[pg_catalog.format('lock table %s in access exclusive mode', place.name)] as locking
from pg_catalog.pg_index as part
join pg_catalog.pg_class as index
    on index.oid = part.indexrelid
left join pg_catalog.pg_constraint as rule
    on rule.conindid = part.indexrelid
    and rule.contype = 'x'
cross join lateral (select part.indexrelid::pg_catalog.regclass::text as name) as relation
cross join lateral (select part.indrelid::pg_catalog.regclass::text as name) as place
cross join lateral (select pg_catalog.obj_description(part.indexrelid, 'pg_class') as text) as note
cross join lateral (select pg_catalog.obj_description(rule.oid, 'pg_constraint') as text) as rule_note
where part.indexrelid = any (:'objects'::oid[])
    and index.relkind = 'i'
    and not index.relispartition
