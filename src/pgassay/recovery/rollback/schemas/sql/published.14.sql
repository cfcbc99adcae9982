-- until: 14
-- What is published of these schemas by name, whether this role may take it out of the publication, and whose that is.
select
    publication.pubname::text as publication,
    space.nspname::text as schema,
    relation.relname::text as table,
    '{}'::text[] as columns,
    null::text as where,
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
order by 1, 2, 3
