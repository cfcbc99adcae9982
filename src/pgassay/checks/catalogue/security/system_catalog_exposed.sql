-- title: System catalog with secrets that API roles may read
-- level: failed
-- since: 14
-- parameter: catalogs = pg_catalog.pg_authid, pg_catalog.pg_shadow, pg_catalog.pg_user_mapping,
--   pg_catalog.pg_largeobject, pg_catalog.pg_statistic, pg_catalog.pg_statistic_ext_data,
--   pg_catalog.pg_hba_file_rules, pg_catalog.pg_file_settings (names) catalogs that nobody but superusers
--   reads as PostgreSQL comes
-- help: revoke select on {object} from public, anon, authenticated;
--
-- They hold hashes of passwords, accounts on other servers, and samples of the contents of every table.

select
    catalog as object,
    string_agg(case role when 'public' then 'every role' else role end, ', ' order by role)
    || ' may read it' as detail
from unnest(:'catalogs'::text[]) as catalog
cross join unnest(:'api_roles'::name[]) as role
where to_regclass(catalog) is not null
    and has_any_column_privilege(role, to_regclass(catalog)::oid, 'select')
group by catalog;

-- breaks: statistics for everyone
grant select on pg_catalog.pg_statistic to public;

-- holds: what everyone may read anyway
grant select on pg_catalog.pg_stats to public;
