-- title: Large objects without protection
-- level: failed
-- since: 14
-- help: alter system reset lo_compat_privileges; revoke all on large object … from public;
--
-- With lo_compat_privileges everyone reads and changes every large object. Reported are also objects that are
-- granted to everyone or to an API role: a warning, since some are meant so.

select
    'lo_compat_privileges' as object,
    'is on: privileges of large objects are not checked' as detail,
    'failed' as level
from pg_catalog.pg_settings as s
where s.name = 'lo_compat_privileges'
    and s.setting = 'on'
union all
select
    'large objects',
    format('%s may be used by %s', count(distinct m.oid), string_agg(distinct grantee.name, ', ')),
    'warning'
from pg_catalog.pg_largeobject_metadata as m
cross join lateral aclexplode(m.lomacl) as a
left join pg_catalog.pg_roles as r on r.oid = a.grantee
cross join lateral (select case when a.grantee = 0 then 'every role' else r.rolname::text end as name) as grantee
where coalesce(r.rolname, 'public') = any (:'api_roles'::name[])
having count(*) > 0;

-- breaks: the setting
set local lo_compat_privileges = on;

-- breaks: an object for everyone
-- expect: warning
do $$ begin execute format('grant select on large object %s to public', lo_create(0)); end $$;

-- holds: an object of its owner
select lo_create(0);
