-- section: privileges
-- title: a privilege on a table or view granted to everyone

select
    'pg_catalog.pg_class'::pg_catalog.regclass as class,
    relation.oid,
    pg_catalog.format('%I.%I.%s', home.nspname, relation.relname, privilege.name) as subject,
    pg_catalog.format('%I.%I', home.nspname, relation.relname) as object,
    relation.relname as name,
    pg_catalog.format('everyone may %s %I.%I', privilege.name, home.nspname, relation.relname) as description,
    pg_catalog.format('grant %s on table %I.%I to public', privilege.name, home.nspname, relation.relname) as ddl,
    array[relation.oid] as relations
from pg_catalog.pg_class as relation
join pg_catalog.pg_namespace as home
    on home.oid = relation.relnamespace
cross join (
    values ('select'), ('insert'), ('update'), ('delete'), ('truncate')
) as privilege (name)
where home.nspname = any (:'schemas'::name[])
    and relation.relkind in ('r', 'p', 'v', 'm', 'f')
    and not relation.relispartition
    and (privilege.name = 'select' or relation.relkind in ('r', 'p', 'f'))
    and not exists (
        select
        from pg_catalog.aclexplode(relation.relacl) as held
        where held.grantee = 0
            and pg_catalog.lower(held.privilege_type) = privilege.name
    );
