-- Where a drill is, and what it has proven so far.
update prod_test_schema.recovery_drills
set place = :'place', steps = :'steps'::jsonb, sentence = :'sentence'
where id = :'id'::uuid
