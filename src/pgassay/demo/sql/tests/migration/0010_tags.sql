-- Migration 0010: tags and what they are tied to; forward and back.
-- pgassay: isolation clone
-- pgassay: timeout 300s

begin;
select plan(7);

\set migration 0010_tags
\set number 10
\ir ../_support/there_and_back.sql

select set_eq(
    $$
        select kind, name
        from pg_temp.changed('without', 'with')
        where kind not in ('column', 'constraint')
    $$,
    $$values
        ('relation', 'crm.contact_tags'),
        ('relation', 'crm.organization_tags'),
        ('relation', 'crm.tags'),
        ('index', 'crm.contact_tags_pkey'),
        ('index', 'crm.contact_tags_tag_idx'),
        ('index', 'crm.organization_tags_pkey'),
        ('index', 'crm.organization_tags_tag_idx'),
        ('index', 'crm.tags_name_idx'),
        ('index', 'crm.tags_pkey'),
        ('index', 'crm.tags_tenant_id_key'),
        ('policy', 'crm.contact_tags.contact_tags_delete_rep'),
        ('policy', 'crm.contact_tags.contact_tags_insert_rep'),
        ('policy', 'crm.contact_tags.contact_tags_select_visible'),
        ('policy', 'crm.organization_tags.organization_tags_delete_rep'),
        ('policy', 'crm.organization_tags.organization_tags_insert_rep'),
        ('policy', 'crm.organization_tags.organization_tags_select_visible'),
        ('policy', 'crm.tags.tags_delete_manager'),
        ('policy', 'crm.tags.tags_insert_rep'),
        ('policy', 'crm.tags.tags_select_member'),
        ('policy', 'crm.tags.tags_update_manager')
    $$,
    'it makes exactly this'
);

select * from finish();
rollback;
