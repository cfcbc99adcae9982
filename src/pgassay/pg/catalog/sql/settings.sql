-- Settings that come with the database or with a role in it.
select
    'setting' as kind,
    pg_catalog.format(
        '%s of %s',
        pg_catalog.split_part(setting.line, '=', 1),
        case when held.setrole = 0 then 'the database' else pg_catalog.pg_get_userbyid(held.setrole)::text end
    ) as name,
    'value: ' || pg_catalog.substr(setting.line, pg_catalog.strpos(setting.line, '=') + 1) as text
from pg_catalog.pg_db_role_setting as held
cross join lateral pg_catalog.unnest(held.setconfig) as setting (line)
where :'ignored'::text[] is not null
    and held.setdatabase = (
        select database.oid
        from pg_catalog.pg_database as database
        where database.datname = pg_catalog.current_database()
    )
