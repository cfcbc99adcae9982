-- Policies must not make queries slow: what they ask about the user is asked once a query, not once a
-- row, and the planner can still use an index below them.
-- pgassay: isolation clone

begin;
select plan(14);
\ir ../_support/world.sql
\ir ../_support/volume.sql
\ir ../_support/plans.sql

create function pg_temp.plan_of(statement text) returns text
    language plpgsql
as $$
declare
    line text;
    plan text := '';
begin
    for line in execute 'explain (costs off, verbose) ' || statement loop
        plan := plan || line || e'\n';
    end loop;
    return plan;
end
$$;

select pg_temp.become('rita');

-- A function in a filter is called once a row. In an init plan it is called once.
select doesnt_match(
    pg_temp.plan_of('select id from ' || relation),
    '(?n)(Filter|Cond):.*(tenants_as|my_teams|uid)\(',
    'reading ' || relation || ' does not ask about the user row by row'
)
from unnest(array[
    'crm.tenants', 'crm.teams', 'crm.organizations', 'crm.contacts', 'crm.products', 'crm.opportunities',
    'crm.interactions', 'crm.tags'
]) as relation;

select ok(
    index = any (pg_temp.indexes_of(statement)),
    format('under row-level security, %s (%s)', purpose, index)
)
from (
    values
        ('a contact is found by its id', 'contacts_pkey', $$select * from crm.contacts where id = pg_temp.id('carl')$$),
        ('a page is read in order', 'contacts_page_idx', $$
            select id from crm.contacts
            where tenant_id = pg_temp.id('north')
                and deleted_at is null
                and (last_name, first_name, id) > ('9', '', '00000000-0000-0000-0000-000000000000')
            order by last_name, first_name, id
            limit 50
        $$),
        ('interactions are read by contact', 'interactions_contact_idx', $$
            select id from crm.interactions
            where tenant_id = pg_temp.id('north') and contact_id = pg_temp.id('carl')
            order by occurred_at desc
            limit 10
        $$),
        ('the open opportunities are read by date', 'opportunities_open_idx', $$
            select id from crm.opportunities
            where tenant_id = pg_temp.id('north')
                and closed_at is null
                and deleted_at is null
                and expected_close < '2025-01-10'
            order by expected_close
            limit 20
        $$)
) as used (purpose, index, statement);

-- A known limitation: neither lower() nor @@ is leakproof, so the planner may not evaluate them before the
-- policies, and an index on them is out of reach below row-level security. The tenant's index narrows
-- the search instead.
select todo('not leakproof: the index cannot be used below a policy', 2);
select ok(
    'contacts_email_idx' = any (pg_temp.indexes_of(
        $$
            select id from crm.contacts
            where tenant_id = pg_temp.id('north') and lower(email) = 'volume7@crm-test.example' and deleted_at is null
        $$
    )),
    'under row-level security, a contact is found by its address (contacts_email_idx)'
);
select ok(
    'contacts_search_idx' = any (pg_temp.indexes_of(
        $$select id from crm.contacts where search @@ websearch_to_tsquery('simple', 'carl')$$
    )),
    'under row-level security, a contact is found by a word (contacts_search_idx)'
);

select * from finish();
rollback;
