-- The policies as they are written: which there are, for which command, for whom. What they let through
-- is shown by the *_access files; this one shows that there is no other.
-- pgassay: critical

begin;
select plan(140);

create temp table policy (relation name, policy name, command text, role name, permissive boolean);
insert into policy
values
        ('audit_log', 'audit_log_select_admin', 'SELECT', 'authenticated', true),
        ('contact_tags', 'contact_tags_delete_rep', 'DELETE', 'authenticated', true),
        ('contact_tags', 'contact_tags_insert_rep', 'INSERT', 'authenticated', true),
        ('contact_tags', 'contact_tags_select_visible', 'SELECT', 'authenticated', true),
        ('contacts', 'contacts_delete_admin', 'DELETE', 'authenticated', true),
        ('contacts', 'contacts_insert_rep', 'INSERT', 'authenticated', true),
        ('contacts', 'contacts_select_manager', 'SELECT', 'authenticated', true),
        ('contacts', 'contacts_select_owner', 'SELECT', 'authenticated', true),
        ('contacts', 'contacts_select_team', 'SELECT', 'authenticated', true),
        ('contacts', 'contacts_tenant_wall', 'ALL', 'authenticated', false),
        ('contacts', 'contacts_update_manager', 'UPDATE', 'authenticated', true),
        ('contacts', 'contacts_update_owner', 'UPDATE', 'authenticated', true),
        ('contacts', 'contacts_update_team', 'UPDATE', 'authenticated', true),
        ('interactions', 'interactions_delete_author', 'DELETE', 'authenticated', true),
        ('interactions', 'interactions_insert_author', 'INSERT', 'authenticated', true),
        ('interactions', 'interactions_select_author', 'SELECT', 'authenticated', true),
        ('interactions', 'interactions_select_visible', 'SELECT', 'authenticated', true),
        ('interactions', 'interactions_tenant_wall', 'ALL', 'authenticated', false),
        ('interactions', 'interactions_update_author', 'UPDATE', 'authenticated', true),
        ('memberships', 'memberships_delete_admin', 'DELETE', 'authenticated', true),
        ('memberships', 'memberships_delete_self', 'DELETE', 'authenticated', true),
        ('memberships', 'memberships_insert_admin', 'INSERT', 'authenticated', true),
        ('memberships', 'memberships_select_colleague', 'SELECT', 'authenticated', true),
        ('memberships', 'memberships_select_self', 'SELECT', 'authenticated', true),
        ('memberships', 'memberships_update_admin', 'UPDATE', 'authenticated', true),
        ('opportunities', 'opportunities_delete_admin', 'DELETE', 'authenticated', true),
        ('opportunities', 'opportunities_insert_rep', 'INSERT', 'authenticated', true),
        ('opportunities', 'opportunities_select_manager', 'SELECT', 'authenticated', true),
        ('opportunities', 'opportunities_select_owner', 'SELECT', 'authenticated', true),
        ('opportunities', 'opportunities_select_team', 'SELECT', 'authenticated', true),
        ('opportunities', 'opportunities_tenant_wall', 'ALL', 'authenticated', false),
        ('opportunities', 'opportunities_update_manager', 'UPDATE', 'authenticated', true),
        ('opportunities', 'opportunities_update_owner', 'UPDATE', 'authenticated', true),
        ('opportunity_products', 'opportunity_products_select_visible', 'SELECT', 'authenticated', true),
        ('opportunity_products', 'opportunity_products_write_manager', 'ALL', 'authenticated', true),
        ('opportunity_products', 'opportunity_products_write_owner', 'ALL', 'authenticated', true),
        ('opportunity_stage_history', 'stage_history_select_visible', 'SELECT', 'authenticated', true),
        ('organization_tags', 'organization_tags_delete_rep', 'DELETE', 'authenticated', true),
        ('organization_tags', 'organization_tags_insert_rep', 'INSERT', 'authenticated', true),
        ('organization_tags', 'organization_tags_select_visible', 'SELECT', 'authenticated', true),
        ('organizations', 'organizations_delete_admin', 'DELETE', 'authenticated', true),
        ('organizations', 'organizations_insert_rep', 'INSERT', 'authenticated', true),
        ('organizations', 'organizations_select_live', 'SELECT', 'authenticated', true),
        ('organizations', 'organizations_select_manager', 'SELECT', 'authenticated', true),
        ('organizations', 'organizations_tenant_wall', 'ALL', 'authenticated', false),
        ('organizations', 'organizations_update_manager', 'UPDATE', 'authenticated', true),
        ('organizations', 'organizations_update_owner', 'UPDATE', 'authenticated', true),
        ('products', 'products_select_member', 'SELECT', 'authenticated', true),
        ('products', 'products_select_public', 'SELECT', 'anon', true),
        ('products', 'products_write_manager', 'ALL', 'authenticated', true),
        ('tags', 'tags_delete_manager', 'DELETE', 'authenticated', true),
        ('tags', 'tags_insert_rep', 'INSERT', 'authenticated', true),
        ('tags', 'tags_select_member', 'SELECT', 'authenticated', true),
        ('tags', 'tags_update_manager', 'UPDATE', 'authenticated', true),
        ('team_members', 'team_members_delete_self', 'DELETE', 'authenticated', true),
        ('team_members', 'team_members_select_member', 'SELECT', 'authenticated', true),
        ('team_members', 'team_members_write_manager', 'ALL', 'authenticated', true),
        ('teams', 'teams_select_member', 'SELECT', 'authenticated', true),
        ('teams', 'teams_write_manager', 'ALL', 'authenticated', true),
        ('tenants', 'tenants_select_member', 'SELECT', 'authenticated', true),
        ('tenants', 'tenants_update_admin', 'UPDATE', 'authenticated', true);

select policies_are('crm', relation, array_agg(policy), relation || ' has exactly these policies')
from policy
group by relation
order by relation;

select policy_cmd_is('crm', relation, policy, command, format('%s is for %s', policy, lower(command)))
from policy;

select policy_roles_are('crm', relation, policy, array[role], format('%s is for %s alone', policy, role))
from policy;

-- A restrictive policy that became permissive would open what it was made to close.
select set_eq(
    $$select tablename, policyname from pg_policies where schemaname = 'crm' and permissive = 'RESTRICTIVE'$$,
    $$select relation, policy from policy where not permissive$$,
    'the tenant walls are restrictive, and nothing else is'
);

select cmp_ok((select count(*) from policy), '>=', 25::bigint, 'there are policies enough to speak of');

select is_empty(
    $$
        select tablename, policyname
        from pg_policies
        where schemaname = 'crm'
            and concat(qual, with_check) ~ 'auth\.uid\(\)'
            and concat(qual, with_check) !~ 'SELECT auth\.uid\(\)'
    $$,
    'no policy asks who is signed in once a row: the question is a sub-select, which is answered once'
);

select * from finish();
rollback;
