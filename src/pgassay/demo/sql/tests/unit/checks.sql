-- Every CHECK at its border: the last value that passes, and the first that does not, with the name of
-- the constraint that stops it. Triggers are off, so that only the constraint speaks.

begin;
select plan(82);
\ir ../_support/world.sql

set local session_replication_role = replica;

select lives_ok(
    format('update crm.%I set %s where %s', relation, assignment, condition),
    format('%s: %s', relation, assignment)
)
from (
    values
        ('tenants', $$name = 'x'$$, $$id = pg_temp.id('north')$$),
        ('tenants', $$name = repeat('x', 120)$$, $$id = pg_temp.id('north')$$),
        ('tenants', $$seat_limit = 1$$, $$id = pg_temp.id('north')$$),
        ('tenants', $$seat_limit = 10000$$, $$id = pg_temp.id('north')$$),
        ('teams', $$name = 'x'$$, $$id = pg_temp.id('sales')$$),
        ('teams', $$name = repeat('x', 80)$$, $$id = pg_temp.id('sales')$$),
        ('organizations', $$name = 'x'$$, $$id = pg_temp.id('globex')$$),
        ('organizations', $$name = repeat('x', 200)$$, $$id = pg_temp.id('globex')$$),
        ('organizations', $$employee_count = 1$$, $$id = pg_temp.id('globex')$$),
        ('organizations', $$annual_revenue = 0$$, $$id = pg_temp.id('globex')$$),
        ('contacts', $$first_name = ''$$, $$id = pg_temp.id('carl')$$),
        ('contacts', $$first_name = repeat('x', 80)$$, $$id = pg_temp.id('carl')$$),
        ('contacts', $$last_name = 'x'$$, $$id = pg_temp.id('carl')$$),
        ('contacts', $$last_name = repeat('x', 80)$$, $$id = pg_temp.id('carl')$$),
        ('contacts', $$source = 'import'$$, $$id = pg_temp.id('carl')$$),
        ('contacts', $$source = 'web'$$, $$id = pg_temp.id('carl')$$),
        ('contacts', $$source = 'referral'$$, $$id = pg_temp.id('carl')$$),
        ('contacts', $$source = 'event'$$, $$id = pg_temp.id('carl')$$),
        ('contacts', $$merged_into = pg_temp.id('carl')$$, $$id = pg_temp.id('arne')$$),
        ('products', $$name = 'x'$$, $$id = pg_temp.id('widget')$$),
        ('products', $$name = repeat('x', 120)$$, $$id = pg_temp.id('widget')$$),
        ('products', $$unit_price = 0$$, $$id = pg_temp.id('widget')$$),
        ('opportunities', $$name = 'x'$$, $$id = pg_temp.id('deal')$$),
        ('opportunities', $$name = repeat('x', 200)$$, $$id = pg_temp.id('deal')$$),
        ('opportunities', $$probability = 0$$, $$id = pg_temp.id('deal')$$),
        ('opportunities', $$probability = 100$$, $$id = pg_temp.id('deal')$$),
        ('opportunities', $$amount = 0$$, $$id = pg_temp.id('deal')$$),
        ('opportunities', $$stage = 'won', closed_at = now()$$, $$id = pg_temp.id('deal')$$),
        ('opportunities', $$stage = 'lost', closed_at = now(), lost_reason = 'price'$$, $$id = pg_temp.id('deal')$$),
        ('opportunity_products', $$quantity = 1$$, $$opportunity_id = pg_temp.id('deal')$$),
        ('opportunity_products', $$quantity = 1000000$$, $$opportunity_id = pg_temp.id('deal')$$),
        ('opportunity_products', $$unit_price = 0$$, $$opportunity_id = pg_temp.id('deal')$$),
        ('interactions', $$subject = 'x'$$, $$id = pg_temp.id('call')$$),
        ('interactions', $$subject = repeat('x', 200)$$, $$id = pg_temp.id('call')$$),
        ('interactions', $$duration_minutes = 1$$, $$id = pg_temp.id('call')$$),
        ('interactions', $$duration_minutes = 1440$$, $$id = pg_temp.id('call')$$),
        ('interactions', $$kind = 'meeting', duration_minutes = 30$$, $$id = pg_temp.id('call')$$),
        ('tags', $$name = 'x'$$, $$id = pg_temp.id('vip')$$),
        ('tags', $$name = repeat('x', 40)$$, $$id = pg_temp.id('vip')$$)
) as inside (relation, assignment, condition);

-- Back to how the world was: the next block starts from rows that are whole.
update crm.opportunities set stage = 'qualified', closed_at = null, lost_reason = null where id = pg_temp.id('deal');
update crm.interactions set kind = 'call', duration_minutes = null where id = pg_temp.id('call');

select throws_ok(
    format('update crm.%I set %s where %s', relation, assignment, condition),
    '23514',
    format('new row for relation "%s" violates check constraint "%s"', relation, rule),
    format('%s stops %s', rule, assignment)
)
from (
    values
        ('tenants', 'tenants_name_length', $$name = ''$$, $$id = pg_temp.id('north')$$),
        ('tenants', 'tenants_name_length', $$name = repeat('x', 121)$$, $$id = pg_temp.id('north')$$),
        ('tenants', 'tenants_seat_limit_range', $$seat_limit = 0$$, $$id = pg_temp.id('north')$$),
        ('tenants', 'tenants_seat_limit_range', $$seat_limit = 10001$$, $$id = pg_temp.id('north')$$),
        ('teams', 'teams_name_length', $$name = ''$$, $$id = pg_temp.id('sales')$$),
        ('teams', 'teams_name_length', $$name = repeat('x', 81)$$, $$id = pg_temp.id('sales')$$),
        ('organizations', 'organizations_name_length', $$name = ''$$, $$id = pg_temp.id('globex')$$),
        ('organizations', 'organizations_name_length', $$name = repeat('x', 201)$$, $$id = pg_temp.id('globex')$$),
        ('organizations', 'organizations_not_own_parent', $$parent_id = id$$, $$id = pg_temp.id('globex')$$),
        ('organizations', 'organizations_employee_count_positive', $$employee_count = 0$$,
            $$id = pg_temp.id('globex')$$),
        ('organizations', 'organizations_annual_revenue_range', $$annual_revenue = -0.01$$,
            $$id = pg_temp.id('globex')$$),
        ('contacts', 'contacts_first_name_length', $$first_name = repeat('x', 81)$$, $$id = pg_temp.id('carl')$$),
        ('contacts', 'contacts_last_name_length', $$last_name = ''$$, $$id = pg_temp.id('carl')$$),
        ('contacts', 'contacts_last_name_length', $$last_name = repeat('x', 81)$$, $$id = pg_temp.id('carl')$$),
        ('contacts', 'contacts_source_known', $$source = 'rumour'$$, $$id = pg_temp.id('carl')$$),
        ('contacts', 'contacts_merged_is_archived', $$merged_into = pg_temp.id('dora')$$, $$id = pg_temp.id('carl')$$),
        ('contacts', 'contacts_not_merged_into_self', $$merged_into = id$$, $$id = pg_temp.id('arne')$$),
        ('products', 'products_name_length', $$name = ''$$, $$id = pg_temp.id('widget')$$),
        ('products', 'products_name_length', $$name = repeat('x', 121)$$, $$id = pg_temp.id('widget')$$),
        ('products', 'products_unit_price_range', $$unit_price = -0.01$$, $$id = pg_temp.id('widget')$$),
        ('opportunities', 'opportunities_name_length', $$name = ''$$, $$id = pg_temp.id('deal')$$),
        ('opportunities', 'opportunities_name_length', $$name = repeat('x', 201)$$, $$id = pg_temp.id('deal')$$),
        ('opportunities', 'opportunities_probability_range', $$probability = -1$$, $$id = pg_temp.id('deal')$$),
        ('opportunities', 'opportunities_probability_range', $$probability = 101$$, $$id = pg_temp.id('deal')$$),
        ('opportunities', 'opportunities_amount_range', $$amount = -0.01$$, $$id = pg_temp.id('deal')$$),
        ('opportunities', 'opportunities_closed_when_decided', $$stage = 'won'$$, $$id = pg_temp.id('deal')$$),
        ('opportunities', 'opportunities_closed_when_decided', $$stage = 'lost', lost_reason = 'price'$$,
            $$id = pg_temp.id('deal')$$),
        ('opportunities', 'opportunities_closed_when_decided', $$closed_at = now()$$, $$id = pg_temp.id('deal')$$),
        ('opportunities', 'opportunities_lost_for_a_reason', $$stage = 'lost', closed_at = now()$$,
            $$id = pg_temp.id('deal')$$),
        ('opportunities', 'opportunities_lost_for_a_reason', $$lost_reason = 'price'$$, $$id = pg_temp.id('deal')$$),
        ('opportunity_products', 'opportunity_products_quantity_range', $$quantity = 0$$,
            $$opportunity_id = pg_temp.id('deal')$$),
        ('opportunity_products', 'opportunity_products_quantity_range', $$quantity = 1000001$$,
            $$opportunity_id = pg_temp.id('deal')$$),
        ('opportunity_products', 'opportunity_products_unit_price_range', $$unit_price = -0.01$$,
            $$opportunity_id = pg_temp.id('deal')$$),
        ('opportunity_stage_history', 'stage_history_is_a_step', $$from_stage = to_stage$$,
            $$opportunity_id = pg_temp.id('deal')$$),
        ('interactions', 'interactions_subject_length', $$subject = ''$$, $$id = pg_temp.id('call')$$),
        ('interactions', 'interactions_subject_length', $$subject = repeat('x', 201)$$, $$id = pg_temp.id('call')$$),
        ('interactions', 'interactions_duration_range', $$duration_minutes = 0$$, $$id = pg_temp.id('call')$$),
        ('interactions', 'interactions_duration_range', $$duration_minutes = 1441$$, $$id = pg_temp.id('call')$$),
        ('interactions', 'interactions_only_talk_lasts', $$duration_minutes = 5$$, $$id = pg_temp.id('lab-note')$$),
        ('interactions', 'interactions_only_talk_lasts', $$duration_minutes = 5$$, $$id = pg_temp.id('fred-mail')$$),
        ('tags', 'tags_name_length', $$name = ''$$, $$id = pg_temp.id('vip')$$),
        ('tags', 'tags_name_length', $$name = repeat('x', 41)$$, $$id = pg_temp.id('vip')$$),
        ('audit_log', 'audit_log_action_known', $$action = 'TRUNCATE'$$, $$row_id = pg_temp.id('carl')$$)
) as outside (relation, rule, assignment, condition);

select * from finish();
rollback;
