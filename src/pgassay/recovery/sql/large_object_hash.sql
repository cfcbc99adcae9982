-- The content of large objects, whose numbers a dump keeps.
select coalesce(
    pg_catalog.sum(
        pg_catalog.hash_record_extended(row(object.oid::bigint, pg_catalog.lo_get(object.oid)), 0)
    ),
    0
)::text
from pg_catalog.pg_largeobject_metadata as object
