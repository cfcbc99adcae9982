-- Each index serves the query that it was made for, and exists for no other reason.
-- pgassay: isolation clone

begin;
select plan(32);
\ir ../_support/world.sql
\ir ../_support/volume.sql
\ir ../_support/plans.sql

select ok(index = any (pg_temp.indexes_of(statement)), format('%s (%s)', purpose, index))
from (
    values
        ('finding the tenants of a user', 'memberships_user_idx',
            $$select tenant_id from crm.memberships where user_id = pg_temp.id('rita')$$),
        ('finding the teams of a user', 'team_members_user_idx',
            $$select team_id from crm.team_members where user_id = pg_temp.id('rita')$$),
        ('finding the lead of a team', 'team_members_one_lead_idx',
            $$select user_id from crm.team_members where team_id = pg_temp.id('sales') and is_lead$$),
        ('finding the branches of an organization', 'organizations_parent_idx', $$
            select id from crm.organizations
            where tenant_id = pg_temp.id('north') and parent_id = pg_temp.id('globex')
        $$),
        ('finding organizations by the beginning of a name', 'organizations_name_idx', $$
            select id from crm.organizations
            where tenant_id = pg_temp.id('north') and lower(name) like 'glob%'
        $$),
        ('listing what a user owns: organizations', 'organizations_owner_idx',
            $$select id from crm.organizations where owner_id = pg_temp.id('rita')$$),
        ('listing the organizations of a team', 'organizations_team_idx', $$
            select id from crm.organizations
            where tenant_id = pg_temp.id('north') and team_id = pg_temp.id('sales')
        $$),
        ('finding an organization by its website', 'organizations_website_idx', $$
            select id from crm.organizations
            where tenant_id = pg_temp.id('north') and website = 'globex.example' and deleted_at is null
        $$),
        ('searching organizations by words', 'organizations_search_idx',
            $$select id from crm.organizations where search @@ websearch_to_tsquery('simple', 'globex')$$),
        ('listing the contacts of an organization', 'contacts_organization_idx', $$
            select id from crm.contacts
            where tenant_id = pg_temp.id('north') and organization_id = pg_temp.id('globex')
        $$),
        ('listing what a user owns: contacts', 'contacts_owner_idx',
            $$select id from crm.contacts where owner_id = pg_temp.id('rita')$$),
        ('listing the contacts of a team', 'contacts_team_idx', $$
            select id from crm.contacts
            where tenant_id = pg_temp.id('north') and team_id = pg_temp.id('sales')
        $$),
        ('turning the pages of the contact list', 'contacts_page_idx', $$
            select id from crm.contacts
            where tenant_id = pg_temp.id('north')
                and deleted_at is null
                and (last_name, first_name, id) > ('M', '', '00000000-0000-0000-0000-000000000000')
            order by last_name, first_name, id
            limit 50
        $$),
        ('finding what was merged into a contact', 'contacts_merged_into_idx', $$
            select id from crm.contacts
            where tenant_id = pg_temp.id('north') and merged_into = pg_temp.id('carl')
        $$),
        ('finding a contact by its address', 'contacts_email_idx', $$
            select id from crm.contacts
            where tenant_id = pg_temp.id('north')
                and lower(email) = 'carl@crm-test.example'
                and deleted_at is null
        $$),
        ('searching contacts by words', 'contacts_search_idx',
            $$select id from crm.contacts where search @@ websearch_to_tsquery('simple', 'carl')$$),
        ('listing the opportunities of an organization', 'opportunities_organization_idx', $$
            select id from crm.opportunities
            where tenant_id = pg_temp.id('north') and organization_id = pg_temp.id('globex')
        $$),
        ('listing the opportunities of a contact', 'opportunities_contact_idx', $$
            select id from crm.opportunities
            where tenant_id = pg_temp.id('north') and primary_contact_id = pg_temp.id('carl')
        $$),
        ('listing what a user owns: opportunities', 'opportunities_owner_idx',
            $$select id from crm.opportunities where owner_id = pg_temp.id('rita')$$),
        ('listing the opportunities of a team', 'opportunities_team_idx', $$
            select id from crm.opportunities
            where tenant_id = pg_temp.id('north') and team_id = pg_temp.id('sales')
        $$),
        ('listing what closes next', 'opportunities_open_idx', $$
            select id from crm.opportunities
            where tenant_id = pg_temp.id('north')
                and closed_at is null
                and deleted_at is null
                and expected_close < '2030-01-01'
            order by expected_close
            limit 20
        $$),
        ('reading the history of an opportunity', 'stage_history_opportunity_idx', $$
            select to_stage from crm.opportunity_stage_history
            where opportunity_id = pg_temp.id('deal')
            order by changed_at
        $$),
        ('finding where a product was sold', 'opportunity_products_product_idx', $$
            select opportunity_id from crm.opportunity_products
            where tenant_id = pg_temp.id('north') and product_id = pg_temp.id('widget')
        $$),
        ('reading the latest interactions with a contact', 'interactions_contact_idx', $$
            select id from crm.interactions
            where tenant_id = pg_temp.id('north') and contact_id = pg_temp.id('carl')
            order by occurred_at desc
            limit 10
        $$),
        ('listing the interactions about an opportunity', 'interactions_opportunity_idx', $$
            select id from crm.interactions
            where tenant_id = pg_temp.id('north') and opportunity_id = pg_temp.id('deal')
        $$),
        ('reading what a user did lately', 'interactions_owner_idx', $$
            select id from crm.interactions
            where owner_id = pg_temp.id('rita')
            order by occurred_at desc
            limit 10
        $$),
        ('searching interactions by words', 'interactions_search_idx',
            $$select id from crm.interactions where search @@ websearch_to_tsquery('simple', 'renewal')$$),
        ('finding a tag by its name', 'tags_name_idx',
            $$select id from crm.tags where tenant_id = pg_temp.id('north') and lower(name) = 'vip'$$),
        ('listing the contacts with a tag', 'contact_tags_tag_idx', $$
            select contact_id from crm.contact_tags
            where tenant_id = pg_temp.id('north') and tag_id = pg_temp.id('vip')
        $$),
        ('listing the organizations with a tag', 'organization_tags_tag_idx', $$
            select organization_id from crm.organization_tags
            where tenant_id = pg_temp.id('north') and tag_id = pg_temp.id('vip')
        $$),
        ('reading the log of a row', 'audit_log_row_idx', $$
            select action from crm.audit_log
            where tenant_id = pg_temp.id('north') and row_id = pg_temp.id('carl')
            order by happened_at
        $$),
        ('reading the log of a day', 'audit_log_time_idx', $$
            select action from crm.audit_log
            where tenant_id = pg_temp.id('north')
                and happened_at between '2024-05-01' and '2024-05-02'
        $$)
) as made_for (purpose, index, statement);

select * from finish();
rollback;
