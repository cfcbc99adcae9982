-- The objects that there were when a run began.
select link.snapshot_id, object.kind, object.name, object.digest, object.uses
from prod_test_schema.run_catalogs as link
left join prod_test_schema.catalog_objects as object on object.snapshot_id = link.snapshot_id
where link.run_id = :'run_id'::uuid
