-- Takes some registrations for this transaction alone, as far as nobody else has them or has done them already.
select id
from prod_test_schema.prod_test_data_registry
where id = any (:'ids'::uuid[])
    and cleaned_up_at is null
for update skip locked
