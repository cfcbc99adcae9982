-- title: Database in which API roles may create schemas
-- level: warning
-- since: 14
-- help: revoke create on database {object} from public, anon, authenticated;
--
-- A schema of one's own is a place for objects with the names of others.

select
    quote_ident(d.datname) as object,
    string_agg(case role when 'public' then 'every role' else role end, ', ' order by role)
    || ' may create schemas in it' as detail
from pg_catalog.pg_database as d
cross join unnest(:'api_roles'::name[]) as role
where d.datname = current_database()
    and has_database_privilege(role, d.oid, 'create')
group by d.datname;

-- breaks: granted to everyone
do $$ begin execute format('grant create on database %I to public', current_database()); end $$;

-- holds: as it comes
do $$ begin execute format('revoke create on database %I from public', current_database()); end $$;
