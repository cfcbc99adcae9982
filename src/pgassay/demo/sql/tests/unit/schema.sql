-- What there is: schemas, tables, views, functions, types, and row-level security on every table.

begin;
select plan(49);

select has_schema('crm');
select has_schema('private');

select tables_are(
    'crm',
    array[
        'audit_log', 'contact_tags', 'contacts', 'interactions', 'memberships', 'opportunities',
        'opportunity_products', 'opportunity_stage_history', 'organization_tags', 'organizations',
        'products', 'tags', 'team_members', 'teams', 'tenants'
    ]
);
select tables_are('private', array[]::name[], 'private has functions only');
select views_are('crm', array['contact_overview', 'organization_summary', 'pipeline']);
select functions_are(
    'crm',
    array[
        'archive_contact', 'archive_organization', 'find_duplicates', 'merge_contacts', 'organization_tree',
        'purge_archived', 'restore_contact', 'search'
    ]
);
select functions_are(
    'private',
    array[
        'audit', 'guard_hierarchy', 'guard_last_admin', 'guard_seats', 'guard_stage', 'may_edit', 'my_teams',
        'note_contacted', 'price_line', 'public_catalogs', 'record_stage', 'stage_may_follow',
        'stage_probability', 'sum_lines', 'tenants_as', 'touch_updated_at'
    ]
);
select is_procedure('crm', 'purge_archived', array['uuid', 'timestamp with time zone', 'integer']);

select enum_has_labels('crm', 'tenant_plan', array['free', 'team', 'enterprise']);
select enum_has_labels('crm', 'member_role', array['viewer', 'rep', 'manager', 'admin']);
select enum_has_labels('crm', 'contact_status', array['lead', 'qualified', 'customer', 'churned']);
select enum_has_labels(
    'crm', 'opportunity_stage', array['prospecting', 'qualified', 'proposal', 'negotiation', 'won', 'lost']
);
select enum_has_labels('crm', 'interaction_kind', array['call', 'email', 'meeting', 'note']);

select domains_are(
    'crm',
    array[
        'currency_code', 'email_address', 'hex_color', 'percentage', 'phone_number', 'sku', 'slug', 'web_domain'
    ]
);

-- Row-level security, table by table: a new table without it turns the last assertion red.
select ok(relrowsecurity, format('row-level security is on for crm.%I', relname))
from pg_class
where relnamespace = 'crm'::regnamespace
    and relkind = 'r'
order by relname;

select is_empty(
    $$
        select c.oid::regclass
        from pg_class as c
        where relnamespace in ('crm'::regnamespace, 'private'::regnamespace)
            and relkind in ('r', 'p', 'm', 'f')
            and (not relrowsecurity or not exists (select from pg_policy where polrelid = c.oid))
    $$,
    'no table is open, and none is closed to everyone'
);

-- The columns of the widest tables, in the order in which an export writes them.
select columns_are(
    'crm', 'contacts',
    array[
        'id', 'tenant_id', 'organization_id', 'owner_id', 'team_id', 'first_name', 'last_name', 'email', 'phone',
        'job_title', 'status', 'source', 'merged_into', 'deleted_at', 'created_at', 'updated_at',
        'last_contacted_at', 'search'
    ]
);
select columns_are(
    'crm', 'opportunities',
    array[
        'id', 'tenant_id', 'organization_id', 'primary_contact_id', 'owner_id', 'team_id', 'name', 'stage',
        'probability', 'amount', 'currency', 'expected_close', 'closed_at', 'lost_reason', 'deleted_at',
        'created_at', 'updated_at'
    ]
);

select col_type_is('crm', relation, col, type, format('%s.%s is %s', relation, col, type))
from (
    values
        ('contacts', 'email', 'crm.email_address'),
        ('contacts', 'phone', 'crm.phone_number'),
        ('organizations', 'website', 'crm.web_domain'),
        ('organizations', 'annual_revenue', 'numeric(16,2)'),
        ('opportunities', 'amount', 'numeric(14,2)'),
        ('opportunities', 'currency', 'crm.currency_code'),
        ('opportunities', 'expected_close', 'date'),
        ('opportunity_products', 'discount', 'crm.percentage'),
        ('opportunity_products', 'line_total', 'numeric(14,2)'),
        ('products', 'sku', 'crm.sku'),
        ('products', 'currency', 'crm.currency_code'),
        ('tenants', 'slug', 'crm.slug'),
        ('tags', 'color', 'crm.hex_color'),
        ('audit_log', 'changes', 'jsonb'),
        ('contacts', 'search', 'tsvector'),
        ('memberships', 'role', 'crm.member_role'),
        ('interactions', 'occurred_at', 'timestamp with time zone')
) as expected (relation, col, type);

select * from finish();
rollback;
