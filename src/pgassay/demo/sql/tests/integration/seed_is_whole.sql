-- The rows that are there, whoever put them there, obey the rules that triggers and foreign keys enforce
-- on new ones. A bulk load that skipped them shows here.

begin;
select plan(42);

-- Every foreign key, set by set.
create function pg_temp.orphans(rule oid) returns bigint
    language plpgsql
as $$
declare
    statement text;
    found bigint;
begin
    select format(
        'select count(*) from %s as child where (%s) and not exists (select from %s as parent where (%s) = (%s))',
        conrelid::regclass,
        (
            select string_agg(format('child.%I is not null', attname), ' and ')
            from unnest(conkey) as k
            join pg_attribute on attrelid = conrelid and attnum = k
        ),
        confrelid::regclass,
        (
            select string_agg(format('parent.%I', attname), ', ' order by n)
            from unnest(confkey) with ordinality as key (k, n)
            join pg_attribute on attrelid = confrelid and attnum = k
        ),
        (
            select string_agg(format('child.%I', attname), ', ' order by n)
            from unnest(conkey) with ordinality as key (k, n)
            join pg_attribute on attrelid = conrelid and attnum = k
        )
    )
    into statement
    from pg_constraint
    where oid = rule;
    execute statement into found;
    return found;
end
$$;

select is(pg_temp.orphans(oid), 0::bigint, format('%s: no row of %s is an orphan', conname, conrelid::regclass))
from pg_constraint
where contype = 'f'
    and connamespace = 'crm'::regnamespace
order by conrelid::regclass::text, conname;

-- What triggers compute.
select is_empty(
    $$
        select o.id
        from crm.opportunities as o
        join (
            select opportunity_id, sum(line_total) as total
            from crm.opportunity_products
            group by opportunity_id
        ) as lines on lines.opportunity_id = o.id
        where o.amount <> lines.total
    $$,
    'every amount is the sum of its lines'
);
select is_empty(
    $$
        select o.id
        from crm.opportunities as o
        join (
            select distinct on (opportunity_id) opportunity_id, to_stage
            from crm.opportunity_stage_history
            order by opportunity_id, changed_at desc, id desc
        ) as latest on latest.opportunity_id = o.id
        where latest.to_stage <> o.stage
    $$,
    'every history ends where its opportunity stands'
);
select is_empty(
    $$
        select id
        from crm.opportunities
        where not exists (select from crm.opportunity_stage_history where opportunity_id = opportunities.id)
    $$,
    'every opportunity has a history'
);
select is_empty(
    $$
        select id
        from crm.opportunity_stage_history
        where from_stage is not null
            and not private.stage_may_follow(from_stage, to_stage)
    $$,
    'no history has a step that is not allowed'
);
select is_empty(
    $$
        select id
        from crm.opportunities
        where stage in ('won', 'lost')
            and probability <> private.stage_probability(stage)
    $$,
    'what is decided is certain'
);
select is_empty(
    $$select id from crm.opportunities where stage = 'won' and amount = 0$$,
    'nothing was won for nothing'
);
select is_empty(
    $$
        select c.id
        from crm.contacts as c
        left join (
            select contact_id, max(occurred_at) as last_at
            from crm.interactions
            where kind <> 'note'
            group by contact_id
        ) as last on last.contact_id = c.id
        where c.last_contacted_at is distinct from last.last_at
    $$,
    'every contact knows when it was talked to'
);
select is_empty(
    $$
        select tenant_id
        from crm.memberships
        group by tenant_id
        having count(*) filter (where role = 'admin') = 0
    $$,
    'every tenant has an admin'
);
select is_empty(
    $$
        select id
        from crm.tenants
        where seat_limit < (select count(*) from crm.memberships where tenant_id = tenants.id)
    $$,
    'no tenant has more members than seats'
);
select is_empty(
    $$
        with recursive tree as (
            select id, 1 as depth from crm.organizations where parent_id is null
            union all
            select child.id, tree.depth + 1
            from tree
            join crm.organizations as child on child.parent_id = tree.id
            where tree.depth < 10
        )
        select o.id
        from crm.organizations as o
        left join tree using (id)
        where tree.depth is null or tree.depth > 8
    $$,
    'every organization hangs in a tree of at most eight levels'
);

select * from finish();
rollback;
