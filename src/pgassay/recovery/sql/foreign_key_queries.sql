-- For each foreign key that calls itself valid, a query that counts the rows that refer to nothing. A constraint is
-- trusted by the server, not looked at again. Those over periods are passed over.
select
    pg_catalog.format('%I of %I.%I', rule.conname, space.nspname, referring.relname) as name,
    pg_catalog.format('%I.%I', space.nspname, referring.relname) as referring,
    pg_catalog.format(
        'select pg_catalog.count(*) from %s%s as referring where %s and not exists (select from %s%s as referred where %s)',
        case when referring.relkind = 'r' then 'only ' end,
        pg_catalog.format('%I.%I', space.nspname, referring.relname),
        pg_catalog.string_agg(pg_catalog.format('referring.%I is not null', near.attname), ' and '),
        case when referred.relkind = 'r' then 'only ' end,
        pg_catalog.format('%I.%I', home.nspname, referred.relname),
        pg_catalog.string_agg(
            pg_catalog.format('referred.%I operator(%I.%s) referring.%I', far.attname, place.nspname, equal.oprname, near.attname),
            ' and '
        )
    ) as query
from pg_catalog.pg_constraint as rule
join pg_catalog.pg_class as referring
    on referring.oid = rule.conrelid
join pg_catalog.pg_namespace as space
    on space.oid = referring.relnamespace
join pg_catalog.pg_class as referred
    on referred.oid = rule.confrelid
join pg_catalog.pg_namespace as home
    on home.oid = referred.relnamespace
cross join lateral rows from (
    pg_catalog.unnest(rule.conkey),
    pg_catalog.unnest(rule.confkey),
    pg_catalog.unnest(rule.conpfeqop)
) as pair (near, far, equal)
join pg_catalog.pg_attribute as near
    on near.attrelid = rule.conrelid
    and near.attnum = pair.near
join pg_catalog.pg_attribute as far
    on far.attrelid = rule.confrelid
    and far.attnum = pair.far
join pg_catalog.pg_operator as equal
    on equal.oid = pair.equal
join pg_catalog.pg_namespace as place
    on place.oid = equal.oprnamespace
where rule.contype = 'f'
    and rule.convalidated
    and rule.conparentid = 0
    and pg_catalog.pg_get_constraintdef(rule.oid) not like '%PERIOD %'
group by rule.oid, rule.conname, rule.conrelid, space.nspname, referring.relname, referring.relkind,
    home.nspname, referred.relname, referred.relkind
order by name
