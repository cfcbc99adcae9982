-- title: Who may do what with a database
--
-- The owner's own rights come with ownership. ``grantee`` is null for PUBLIC.

select
    grantee.rolname as grantee,
    pg_catalog.lower(entry.privilege_type) as privilege,
    entry.is_grantable as grantable
from pg_catalog.pg_database as source
cross join lateral pg_catalog.aclexplode(source.datacl) as entry
left join pg_catalog.pg_roles as grantee
    on grantee.oid = entry.grantee
where source.datname = :'source'
    and entry.grantee <> source.datdba
    and (entry.grantee = 0 or grantee.oid is not null)
order by grantee.rolname nulls first, privilege;
