-- The foreign keys that lead to some tables, or to what they are partitions of, or what are theirs. ``parents`` and
-- ``children`` say which of the tables are at either end; ``names`` are the primary key of the referring table.
with recursive family as (
    select wanted.oid as member, wanted.oid as relative
    from unnest(:'homes'::bigint[]) as wanted (oid)
    union
    select family.member, link.inhparent::bigint
    from family
    join pg_catalog.pg_inherits as link on link.inhrelid = family.relative
    join pg_catalog.pg_class as above on above.oid = link.inhparent and above.relkind = 'p'
),
offspring as (
    select wanted.oid as member, wanted.oid as relative
    from unnest(:'homes'::bigint[]) as wanted (oid)
    union
    select offspring.member, link.inhrelid::bigint
    from offspring
    join pg_catalog.pg_class as above on above.oid = offspring.relative and above.relkind = 'p'
    join pg_catalog.pg_inherits as link on link.inhparent = above.oid
),
kin as (
    select member, relative from family
    union
    select member, relative from offspring
)
select
    rule.conname as name,
    space.nspname as schema,
    referring.relname as table,
    array(
        select attribute.attname::text
        from unnest(rule.conkey) with ordinality as part (number, place)
        join pg_catalog.pg_attribute as attribute
            on attribute.attrelid = rule.conrelid
            and attribute.attnum = part.number
        order by part.place
    ) as columns,
    array(
        select attribute.attname::text
        from unnest(rule.confkey) with ordinality as part (number, place)
        join pg_catalog.pg_attribute as attribute
            on attribute.attrelid = rule.confrelid
            and attribute.attnum = part.number
        order by part.place
    ) as referred,
    array(
        select attribute.attname::text
        from pg_catalog.pg_index as index
        cross join unnest(index.indkey[0:index.indnkeyatts - 1]) with ordinality as part (number, place)
        join pg_catalog.pg_attribute as attribute
            on attribute.attrelid = index.indrelid
            and attribute.attnum = part.number
        where index.indrelid = rule.conrelid
            and index.indisprimary
        order by part.place
    ) as names,
    rule.condeferrable and rule.confdeltype = 'a' as deferrable,
    rule.confdeltype in ('c', 'n') as yielding,
    not exists (
        select
        from pg_catalog.pg_attribute as attribute
        where attribute.attrelid = rule.conrelid
            and attribute.attnum = any (rule.conkey)
            and attribute.attnotnull
    ) as nullable,
    array(select member from kin where relative = rule.confrelid::bigint order by member) as parents,
    array(select member from kin where relative = rule.conrelid::bigint order by member) as children
from pg_catalog.pg_constraint as rule
join pg_catalog.pg_class as referring on referring.oid = rule.conrelid
join pg_catalog.pg_namespace as space on space.oid = referring.relnamespace
where rule.contype = 'f'
    and rule.conparentid = 0
    and rule.confrelid::bigint in (select relative from kin)
order by space.nspname, referring.relname, rule.conname
