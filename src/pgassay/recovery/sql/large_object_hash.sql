-- The content of large objects, whose numbers a dump keeps.
select coalesce(
    pg_catalog.sum(
        pg_catalog.hashbyteaextended(pg_catalog.lo_get(object.oid), pg_catalog.hashoidextended(object.oid, 0))
    ),
    0
)::text
from pg_catalog.pg_largeobject_metadata as object
