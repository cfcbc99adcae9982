-- What the functions of the store know of the configuration.
select s.name, s.value::text as value
from prod_test_schema.settings as s
where s.name like :'prefix' || '%'
