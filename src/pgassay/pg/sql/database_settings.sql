-- title: The settings of a database, for everybody and for single roles
--
-- CREATE DATABASE ... TEMPLATE does not copy them; a lost search_path alone makes a suite fail.

select
    pg_catalog.split_part(entry, '=', 1) as name,
    pg_catalog.substr(entry, pg_catalog.strpos(entry, '=') + 1) as value,
    role.rolname as role
from pg_catalog.pg_db_role_setting as setting
cross join lateral pg_catalog.unnest(setting.setconfig) as entry
left join pg_catalog.pg_roles as role
    on role.oid = setting.setrole
where setting.setdatabase = (select oid from pg_catalog.pg_database where datname = :'source')
    and (setting.setrole = 0 or role.oid is not null)
order by role.rolname nulls first, name;
