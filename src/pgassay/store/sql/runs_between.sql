-- The runs whose id starts in a certain way; three are enough to say that it is not unique.
select id
from prod_test_schema.test_runs
where id between :'low'::uuid and :'high'::uuid
order by id
limit 3
