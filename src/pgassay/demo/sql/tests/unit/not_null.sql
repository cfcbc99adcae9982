-- What must be there. Each column is set to NULL on rows that exist; triggers that would fill it in
-- again are off, so that it is the column's own rule that speaks.

begin;
select plan(96);
\ir ../_support/world.sql

set local session_replication_role = replica;

select throws_ok(
    format('update crm.%I set %I = null', relation, col),
    '23502',
    format('null value in column "%s" of relation "%s" violates not-null constraint', col, relation),
    format('%s.%s is never null', relation, col)
)
from (
    values
        ('audit_log', '{tenant_id,table_name,row_id,action,changes,happened_at}'),
        ('contact_tags', '{tenant_id,added_at}'),
        ('contacts', '{tenant_id,owner_id,first_name,last_name,status,source,created_at,updated_at}'),
        ('interactions', '{tenant_id,contact_id,owner_id,kind,subject,body,occurred_at,created_at}'),
        ('memberships', '{role,joined_at}'),
        ('opportunities',
            '{tenant_id,organization_id,owner_id,name,stage,probability,amount,currency,created_at,updated_at}'),
        ('opportunity_products', '{tenant_id,quantity,unit_price,discount}'),
        ('opportunity_stage_history', '{opportunity_id,to_stage,changed_at}'),
        ('organization_tags', '{tenant_id,added_at}'),
        ('organizations', '{tenant_id,name,owner_id,created_at,updated_at}'),
        ('products', '{tenant_id,sku,name,unit_price,currency,is_active,created_at,updated_at}'),
        ('tags', '{tenant_id,name,color,created_at}'),
        ('team_members', '{tenant_id,is_lead}'),
        ('teams', '{tenant_id,name,created_at}'),
        ('tenants', '{name,slug,plan,seat_limit,public_catalog,created_at,updated_at}')
) as required (relation, columns)
cross join unnest(columns::text[]) as col;

-- Generated columns cannot be set at all.
select col_not_null('crm', relation, col, format('%s.%s is never null', relation, col))
from (
    values
        ('contacts', 'search'),
        ('interactions', 'search'),
        ('opportunity_products', 'line_total'),
        ('organizations', 'search')
) as generated (relation, col);

-- What may be missing, on purpose.
select lives_ok(
    format('update crm.%I set %I = null where tenant_id = pg_temp.id(%L)', relation, col, 'north'),
    format('%s.%s may be missing', relation, col)
)
from (
    values
        ('contacts', '{organization_id,team_id,email,phone,job_title,last_contacted_at,deleted_at}'),
        ('organizations', '{parent_id,website,industry,employee_count,annual_revenue,team_id}'),
        ('opportunities', '{primary_contact_id,team_id,expected_close}'),
        ('interactions', '{opportunity_id,duration_minutes}')
) as optional (relation, columns)
cross join unnest(columns::text[]) as col;

select * from finish();
rollback;
