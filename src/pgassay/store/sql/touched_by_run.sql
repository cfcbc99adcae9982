-- What a run touched, each object with the surest way in which that is known: 1 measured, 2 inferred, 3 named.
select
    touch.kind,
    touch.object,
    min(array_position(array['measured', 'inferred', 'named'], touch.known)) as surest
from prod_test_schema.test_touches as touch
where touch.run_id = :'run_id'::uuid
group by touch.kind, touch.object
