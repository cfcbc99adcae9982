-- Publications, and whether this role may change each.
select
    publication.pubname::text as name,
    pg_catalog.pg_has_role(publication.pubowner, 'usage') as may
from pg_catalog.pg_publication as publication
