-- title: The sessions that make clones, and that this role may end

select
    maker.pid,
    maker.application_name
from pg_catalog.pg_stat_activity as maker
where maker.application_name like 'pgassay clone %'
    and maker.pid <> pg_catalog.pg_backend_pid()
    and pg_catalog.pg_has_role(maker.usesysid, 'usage');
