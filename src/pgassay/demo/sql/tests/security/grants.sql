-- Privileges, both ways: what each role has, and that it has nothing else. Row-level security works on
-- what a grant lets through, so that a grant too many is a hole of its own.
-- pgassay: critical

begin;
select plan(154);

-- Tables and views, by role.
select table_privs_are(
    'crm', relation, role, privileges::text[],
    format('%s on %s: %s', role, relation, coalesce(nullif(privileges, '{}'), 'nothing'))
)
from (
    values
        ('audit_log', '{}', '{SELECT}', '{SELECT}'),
        ('contact_tags', '{}', '{SELECT,INSERT,DELETE}', '{SELECT,INSERT,DELETE}'),
        ('contacts', '{}', '{SELECT,INSERT,UPDATE,DELETE}', '{SELECT,INSERT,UPDATE,DELETE}'),
        ('interactions', '{}', '{SELECT,INSERT,UPDATE,DELETE}', '{SELECT,INSERT,UPDATE,DELETE}'),
        ('memberships', '{}', '{SELECT,INSERT,UPDATE,DELETE}', '{SELECT,INSERT,UPDATE,DELETE}'),
        ('opportunities', '{}', '{SELECT,INSERT,UPDATE,DELETE}', '{SELECT,INSERT,UPDATE,DELETE}'),
        ('opportunity_products', '{}', '{SELECT,INSERT,UPDATE,DELETE}', '{SELECT,INSERT,UPDATE,DELETE}'),
        ('opportunity_stage_history', '{}', '{SELECT}', '{SELECT}'),
        ('organization_tags', '{}', '{SELECT,INSERT,DELETE}', '{SELECT,INSERT,DELETE}'),
        ('organizations', '{}', '{SELECT,INSERT,UPDATE,DELETE}', '{SELECT,INSERT,UPDATE,DELETE}'),
        ('products', '{SELECT}', '{SELECT,INSERT,UPDATE,DELETE}', '{SELECT,INSERT,UPDATE,DELETE}'),
        ('tags', '{}', '{SELECT,INSERT,UPDATE,DELETE}', '{SELECT,INSERT,UPDATE,DELETE}'),
        ('team_members', '{}', '{SELECT,INSERT,UPDATE,DELETE}', '{SELECT,INSERT,UPDATE,DELETE}'),
        ('teams', '{}', '{SELECT,INSERT,UPDATE,DELETE}', '{SELECT,INSERT,UPDATE,DELETE}'),
        ('tenants', '{}', '{SELECT}', '{SELECT,INSERT,UPDATE,DELETE}'),
        ('contact_overview', '{}', '{SELECT}', '{SELECT}'),
        ('organization_summary', '{}', '{SELECT}', '{SELECT}'),
        ('pipeline', '{}', '{SELECT}', '{SELECT}')
) as expected (relation, for_anon, for_authenticated, for_service)
cross join lateral (
    values ('anon', for_anon), ('authenticated', for_authenticated), ('service_role', for_service)
) as of_role (role, privileges);

-- Tenants are changed column by column.
select column_privs_are(
    'crm', 'tenants', col, 'authenticated', privileges::text[],
    format('authenticated on tenants.%s: %s', col, privileges)
)
from (
    values
        ('id', '{SELECT}'),
        ('name', '{SELECT,UPDATE}'),
        ('slug', '{SELECT}'),
        ('plan', '{SELECT}'),
        ('seat_limit', '{SELECT}'),
        ('public_catalog', '{SELECT,UPDATE}'),
        ('created_at', '{SELECT}'),
        ('updated_at', '{SELECT}')
) as expected (col, privileges);

select is_empty(
    $$
        select c.oid::regclass::text, acl.privilege_type
        from pg_class as c
        cross join lateral aclexplode(relacl) as acl
        where relnamespace in ('crm'::regnamespace, 'private'::regnamespace)
            and acl.grantee = 0
        union all
        select nspname::text, acl.privilege_type
        from pg_namespace
        cross join lateral aclexplode(nspacl) as acl
        where nspname in ('crm', 'private')
            and acl.grantee = 0
    $$,
    'nothing is granted to public'
);
select is_empty(
    $$
        select c.oid::regclass, acl.grantee::regrole
        from pg_class as c
        cross join lateral aclexplode(relacl) as acl
        where relnamespace = 'crm'::regnamespace
            and acl.is_grantable
            and acl.grantee <> c.relowner
    $$,
    'nobody may pass a privilege on'
);

-- Schemas.
select schema_privs_are(schema, role, array['USAGE'], format('%s uses %s and makes nothing in it', role, schema))
from unnest(array['crm', 'private', 'auth']) as schema, unnest(array['anon', 'authenticated', 'service_role']) as role;

-- Functions.
select is(
    has_function_privilege(role, function, 'execute'),
    role = any (roles::text[]),
    format('%s %s %s', role, case when role = any (roles::text[]) then 'calls' else 'does not call' end, function)
)
from (
    values
        ('crm.archive_contact(uuid)', '{authenticated,service_role}'),
        ('crm.archive_organization(uuid)', '{authenticated,service_role}'),
        ('crm.find_duplicates(uuid)', '{authenticated,service_role}'),
        ('crm.merge_contacts(uuid, uuid)', '{authenticated,service_role}'),
        ('crm.organization_tree(uuid)', '{authenticated,service_role}'),
        ('crm.purge_archived(uuid, timestamptz, integer)', '{service_role}'),
        ('crm.restore_contact(uuid)', '{authenticated,service_role}'),
        ('crm.search(text, integer)', '{authenticated,service_role}'),
        ('private.audit()', '{}'),
        ('private.guard_hierarchy()', '{}'),
        ('private.guard_last_admin()', '{}'),
        ('private.guard_seats()', '{}'),
        ('private.guard_stage()', '{}'),
        ('private.may_edit(uuid, uuid)', '{}'),
        ('private.my_teams()', '{authenticated,service_role}'),
        ('private.note_contacted()', '{}'),
        ('private.price_line()', '{}'),
        ('private.public_catalogs()', '{anon,service_role}'),
        ('private.record_stage()', '{}'),
        ('private.stage_may_follow(crm.opportunity_stage, crm.opportunity_stage)', '{}'),
        ('private.stage_probability(crm.opportunity_stage)', '{}'),
        ('private.sum_lines()', '{}'),
        ('private.tenants_as(crm.member_role)', '{authenticated,service_role}'),
        ('private.touch_updated_at()', '{}')
) as expected (function, roles)
cross join unnest(array['anon', 'authenticated', 'service_role']) as role;

-- The roles themselves.
select is(
    array[rolcanlogin, rolinherit, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls],
    array[false, false, false, false, false, rolname = 'service_role'],
    format('%s has no attribute that it does not need', rolname)
)
from pg_roles
where rolname in ('anon', 'authenticated', 'service_role', 'authenticator')
order by rolname;
select is_member_of(role, array['authenticator'], format('authenticator may become %s', role))
from unnest(array['anon', 'authenticated', 'service_role']) as role;
select is(
    pg_has_role('authenticated', 'service_role', 'member'), false, 'a signed-in user does not become the service'
);
select is(pg_has_role('anon', 'authenticated', 'member'), false, 'anon does not become a signed-in user');

select * from finish();
rollback;
