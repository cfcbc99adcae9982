-- since: 15
-- What is published of these schemas by name, whether this role may take it out of the publication, and whose that is.
select
    publication.pubname::text as publication,
    space.nspname::text as schema,
    relation.relname::text as table,
    array(
        select attribute.attname::text
        from pg_catalog.pg_attribute as attribute
        where attribute.attrelid = published.prrelid
            and attribute.attnum = any (published.prattrs)
        order by attribute.attnum
    ) as columns,
    pg_catalog.pg_get_expr(published.prqual, published.prrelid) as where,
    pg_catalog.pg_has_role(publication.pubowner, 'usage') as may,
    pg_catalog.pg_get_userbyid(publication.pubowner)::text as owner
from pg_catalog.pg_publication_rel as published
join pg_catalog.pg_publication as publication
    on publication.oid = published.prpubid
join pg_catalog.pg_class as relation
    on relation.oid = published.prrelid
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where space.nspname = any (:'schemas'::text[])
union all
select
    publication.pubname::text,
    space.nspname::text,
    '',
    '{}',
    null,
    (select role.rolsuper from pg_catalog.pg_roles as role where role.rolname = current_user),
    pg_catalog.pg_get_userbyid(publication.pubowner)::text
from pg_catalog.pg_publication_namespace as published
join pg_catalog.pg_publication as publication
    on publication.oid = published.pnpubid
join pg_catalog.pg_namespace as space
    on space.oid = published.pnnspid
where space.nspname = any (:'schemas'::text[])
order by 1, 2, 3
