-- title: Relations on which row-level security holds for whoever asks

select c.oid::bigint as oid
from pg_catalog.pg_class as c
where c.relkind in ('r', 'p')
    and c.relrowsecurity
    and pg_catalog.row_security_active(c.oid);
