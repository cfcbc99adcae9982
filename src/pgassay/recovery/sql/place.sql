-- What a server that is restored into has: who we are there, whether it sorts by ICU, and which extensions it knows.
select
    (select role.rolsuper from pg_catalog.pg_roles as role where role.rolname = current_user) as superuser,
    exists (select from pg_catalog.pg_collation as sorting where sorting.collprovider = 'i') as icu,
    array(
        select pg_catalog.quote_ident(extension.name) from pg_catalog.pg_available_extensions as extension
    )::text[] as extensions,
    array(select pg_catalog.quote_ident(role.rolname) from pg_catalog.pg_roles as role)::text[] as roles
