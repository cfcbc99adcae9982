-- The workload's questions within their budgets, asked by people under row-level security. Budgets are
-- the objectives of workload/*.sql: a query that misses one of these on a small tenant is broken, not slow.
-- pgassay: isolation clone
-- pgassay: timeout 60s

begin;
select plan(8);
\ir ../_support/world.sql
\ir ../_support/volume.sql

\set single_lookup_ms 45
\set page_ms 85
\set join_ms 180
\set aggregation_ms 450
\set hierarchy_ms 120
\set contact_count_ms 200
\set opportunity_summary_ms 350

prepare single_lookup as
    select * from crm.contacts where id = pg_temp.id('carl');
prepare page as
    select id, first_name, last_name, email
    from crm.contacts
    where tenant_id = pg_temp.id('north')
        and deleted_at is null
        and (last_name, first_name, id) > ('c', '', '00000000-0000-0000-0000-000000000000')
    order by last_name, first_name, id
    limit 50;
prepare joined as
    select *
    from crm.contact_overview
    where tenant_id = pg_temp.id('north')
    order by last_contacted_at desc nulls last
    limit 50;
prepare aggregation as
    select status, source, count(*)
    from crm.contacts
    where tenant_id = pg_temp.id('north')
    group by status, source;
prepare hierarchy as
    select * from crm.organization_tree(pg_temp.id('volume organization 1'));
prepare contact_count as
    select organization_id, count(*)
    from crm.contacts
    where tenant_id = pg_temp.id('north')
        and deleted_at is null
    group by organization_id;
prepare opportunity_summary as
    select * from crm.organization_summary where tenant_id = pg_temp.id('north') order by open_amount desc limit 20;

select pg_temp.become('max');

select performs_ok('execute single_lookup', :single_lookup_ms, 'looking one contact up');
select performs_ok('execute page', :page_ms, 'a page of contacts');
select performs_ok('execute joined', :join_ms, 'contacts with their organization and opportunities');
select performs_ok('execute aggregation', :aggregation_ms, 'contacts by status and source');
select performs_ok('execute hierarchy', :hierarchy_ms, 'the tree of an organization');
select performs_ok('execute contact_count', :contact_count_ms, 'contacts by organization');
select performs_ok('execute opportunity_summary', :opportunity_summary_ms, 'organizations with the most open money');

-- Statistics on stored plans came with PostgreSQL 16: EXPLAIN (generic_plan).
select current_setting('server_version_num')::integer >= 160000 as has_generic_plan \gset
select pg_temp.become('nobody');
\if :has_generic_plan
create function pg_temp.generic_plan(statement text) returns setof text
    language plpgsql
as $$
begin
    return query execute 'explain (generic_plan, costs off) ' || statement;
end
$$;
select matches(
    (
        select string_agg(line, e'\n')
        from pg_temp.generic_plan(
            'select id from crm.contacts where tenant_id = $1 and lower(email) = $2 and deleted_at is null'
        ) as line
    ),
    'contacts_email_idx',
    'a prepared look-up by address uses its index whatever the address'
);
\else
select skip('EXPLAIN (generic_plan) needs PostgreSQL 16', 1);
\endif

select * from finish();
rollback;
