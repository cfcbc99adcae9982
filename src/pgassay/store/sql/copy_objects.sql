-- The objects of a snapshot.
copy prod_test_schema.catalog_objects (snapshot_id, kind, name, digest, uses) from stdin
