-- title:    The tree below an organization
-- category: organization_queries
-- metric:   hierarchy
-- sla_ms:   120
--
-- The biggest tree of the biggest tenant.

select
    id,
    name,
    depth,
    path
from crm.organization_tree(md5('organization 1/1')::uuid);
