-- title:    A page in the middle of the contact list
-- category: contact_queries
-- metric:   paginated_results
-- sla_ms:   85
--
-- By key, not by OFFSET: the hundredth page costs what the first does.

select
    id,
    first_name,
    last_name,
    email,
    status
from crm.contacts
where tenant_id = md5('tenant 1/0')::uuid
    and deleted_at is null
    and (last_name, first_name, id) > ('Jansen', 'Mara', '00000000-0000-0000-0000-000000000000')
order by
    last_name,
    first_name,
    id
limit 50;
