-- Extended statistics: what is gathered of which columns together.
select
    'statistics' as kind,
    pg_catalog.format('%I.%I', space.nspname, object.stxname) as name,
    pg_catalog.concat_ws(
        E'\n',
        'owner: ' || pg_catalog.pg_get_userbyid(object.stxowner),
        'definition: ' || pg_catalog.pg_get_statisticsobjdef(object.oid),
        case when object.stxstattarget >= 0 then 'target: ' || object.stxstattarget end,
        'comment: ' || pg_catalog.obj_description(object.oid, 'pg_statistic_ext')
    ) as text
from pg_catalog.pg_statistic_ext as object
join pg_catalog.pg_namespace as space
    on space.oid = object.stxnamespace
where space.nspname <> all (:'ignored'::text[])
    and space.nspname !~ '^pg_'
    and space.nspname <> 'information_schema'
