-- Which indexes there are; performance/index_use.sql shows what each is for.

begin;
select plan(27);

select indexes_are('crm', relation, indexes::name[], relation || ' has exactly these indexes')
from (
    values
        ('audit_log', '{audit_log_pkey,audit_log_row_idx,audit_log_time_idx}'),
        ('contact_tags', '{contact_tags_pkey,contact_tags_tag_idx}'),
        ('contacts', '{
            contacts_email_idx,contacts_merged_into_idx,contacts_organization_idx,contacts_owner_idx,contacts_page_idx,
            contacts_pkey,contacts_search_idx,contacts_team_idx,contacts_tenant_id_key
        }'),
        ('interactions', '{
            interactions_contact_idx,interactions_opportunity_idx,interactions_owner_idx,interactions_pkey,
            interactions_search_idx
        }'),
        ('memberships', '{memberships_pkey,memberships_user_idx}'),
        ('opportunities', '{
            opportunities_contact_idx,opportunities_open_idx,opportunities_organization_idx,opportunities_owner_idx,
            opportunities_pkey,opportunities_team_idx,opportunities_tenant_id_key
        }'),
        ('opportunity_products', '{opportunity_products_pkey,opportunity_products_product_idx}'),
        ('opportunity_stage_history', '{opportunity_stage_history_pkey,stage_history_opportunity_idx}'),
        ('organization_tags', '{organization_tags_pkey,organization_tags_tag_idx}'),
        ('organizations', '{
            organizations_name_idx,organizations_owner_idx,organizations_parent_idx,organizations_pkey,
            organizations_search_idx,organizations_team_idx,organizations_tenant_id_key,organizations_website_idx
        }'),
        ('products', '{products_pkey,products_sku_key,products_tenant_id_key}'),
        ('tags', '{tags_name_idx,tags_pkey,tags_tenant_id_key}'),
        ('team_members', '{team_members_one_lead_idx,team_members_pkey,team_members_user_idx}'),
        ('teams', '{teams_name_key,teams_pkey,teams_tenant_id_key}'),
        ('tenants', '{tenants_pkey,tenants_slug_key}')
) as expected (relation, indexes);

-- What the partial ones leave out; without the condition each would grow with rows that nobody looks for.
select is(
    (select pg_get_expr(indpred, indrelid) from pg_index where indexrelid = ('crm.' || index)::regclass),
    predicate,
    format('%s is kept where %s', index, coalesce(predicate, 'anything'))
)
from (
    values
        ('contacts_email_idx', '(deleted_at IS NULL)'),
        ('contacts_page_idx', '(deleted_at IS NULL)'),
        ('contacts_merged_into_idx', '(merged_into IS NOT NULL)'),
        ('opportunities_open_idx', '((closed_at IS NULL) AND (deleted_at IS NULL))'),
        ('organizations_website_idx', '(deleted_at IS NULL)'),
        ('team_members_one_lead_idx', 'is_lead')
) as expected (index, predicate);

select index_is_type('crm', relation, relation || '_search_idx', 'gin')
from unnest(array['contacts', 'interactions', 'organizations']) as relation;

-- A foreign key without an index makes deleting the other end slow. What leads an index (in any order)
-- serves: the tenant alone is led by the unique (tenant_id, id), and interactions by (tenant_id, contact_id).
select is_empty(
    $$
        select conrelid::regclass, conname
        from pg_constraint as c
        where contype = 'f'
            and connamespace = 'crm'::regnamespace
            and not exists (
                select
                from pg_index as i
                where i.indrelid = c.conrelid
                    and (i.indkey::smallint[])[0:0] <@ c.conkey
                    and (i.indpred is null or conname = 'contacts_merged_into_fk')
            )
    $$,
    'every foreign key has an index that begins with it'
);

select is_empty(
    $$
        select a.indexrelid::regclass, b.indexrelid::regclass
        from pg_index as a
        join pg_index as b on b.indrelid = a.indrelid and b.indexrelid > a.indexrelid
        where a.indrelid in (select oid from pg_class where relnamespace = 'crm'::regnamespace)
            and a.indkey = b.indkey
            and coalesce(pg_get_expr(a.indexprs, a.indrelid), '') = coalesce(pg_get_expr(b.indexprs, b.indrelid), '')
            and coalesce(pg_get_expr(a.indpred, a.indrelid), '') = coalesce(pg_get_expr(b.indpred, b.indrelid), '')
    $$,
    'no index is there twice'
);
select is_empty(
    $$
        select indexrelid::regclass
        from pg_index
        where indrelid in (select oid from pg_class where relnamespace = 'crm'::regnamespace)
            and not (indisvalid and indisready)
    $$,
    'no index was left half built'
);

select * from finish();
rollback;
