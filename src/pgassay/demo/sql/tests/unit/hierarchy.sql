-- The hierarchy of organizations: no cycles, eight levels at most, and the tree as a query.

begin;
select plan(23);
\ir ../_support/world.sql

-- A chain of eight: level-1 on top.
insert into crm.organizations (id, tenant_id, parent_id, name, owner_id)
select
    pg_temp.id('level-' || n),
    pg_temp.id('north'),
    case when n > 1 then pg_temp.id('level-' || n - 1) end,
    'Level ' || n,
    pg_temp.id('rita')
from generate_series(1, 8) as n;

select throws_ok(
    $$
        insert into crm.organizations (tenant_id, parent_id, name, owner_id)
        values (pg_temp.id('north'), pg_temp.id('level-8'), 'Level 9', pg_temp.id('rita'))
    $$,
    'CRM11', 'the hierarchy is at most 8 levels deep', 'there is no ninth level'
);
select lives_ok(
    $$
        insert into crm.organizations (tenant_id, parent_id, name, owner_id)
        values (pg_temp.id('north'), pg_temp.id('level-7'), 'Another eighth', pg_temp.id('rita'))
    $$,
    'a level may be as wide as it likes'
);
select is(
    pg_temp.attempt('nobody', $$
        update crm.organizations set parent_id = pg_temp.id('globex') where id = pg_temp.id('level-1')
    $$),
    'error CRM11',
    'a tree of eight levels does not fit below anything'
);
select is(
    pg_temp.attempt('nobody', $$
        update crm.organizations set parent_id = pg_temp.id('globex') where id = pg_temp.id('level-2')
    $$),
    '1 row',
    'a tree of seven levels fits below one'
);
select is(
    pg_temp.attempt('nobody', $$
        update crm.organizations set parent_id = pg_temp.id('globex-lab') where id = pg_temp.id('level-2')
    $$),
    'error CRM11',
    'but not below two'
);
select is(
    pg_temp.attempt('nobody', $$
        update crm.organizations set parent_id = null where id = pg_temp.id('level-5')
    $$),
    '1 row',
    'a branch may be cut off'
);

-- Cycles.
select is(
    pg_temp.attempt('nobody', format(
        'update crm.organizations set parent_id = pg_temp.id(%L) where id = pg_temp.id(%L)', below, above
    )),
    'error CRM10',
    format('%s does not go below its own %s', above, below)
)
from (values ('globex', 'globex-lab'), ('level-1', 'level-8'), ('level-3', 'level-4')) as loop (above, below);
select throws_ok(
    $$
        insert into crm.organizations (id, tenant_id, parent_id, name, owner_id)
        values (pg_temp.id('self'), pg_temp.id('north'), pg_temp.id('self'), 'Self', pg_temp.id('rita'))
    $$,
    'CRM10', 'an organization cannot stand above itself', 'not even for a moment'
);
select lives_ok(
    $$update crm.organizations set name = 'Level five' where id = pg_temp.id('level-5')$$,
    'what does not move is not checked'
);

-- The tree.
prepare tree as
    select id, depth, path from crm.organization_tree(pg_temp.id('globex'));
select results_eq(
    'tree',
    $$
        values
            (pg_temp.id('globex'), 0, array['globex']),
            (pg_temp.id('globex-lab'), 1, array['globex', 'globex-lab'])
    $$,
    'the tree has the root and its branches, with their depth and path'
);
select results_eq(
    $$select name, parent_id from crm.organization_tree(pg_temp.id('globex-lab'))$$,
    $$values ('globex-lab', pg_temp.id('globex'))$$,
    'the root of a tree may have a parent of its own'
);
select is(
    (select count(*) from crm.organization_tree(pg_temp.id('level-1'))),
    9::bigint,
    'all levels are found'
);
select results_eq(
    $$select name from crm.organization_tree(pg_temp.id('level-7'))$$,
    $$values ('Level 7'), ('Another eighth'), ('Level 8')$$,
    'branches of one level come in the order of their names'
);
select is_empty(
    $$select * from crm.organization_tree(pg_temp.id('initech'))$$,
    'an archived organization has no tree'
);
select is_empty(
    $$select * from crm.organization_tree(pg_temp.id('nowhere'))$$,
    'what does not exist has no tree'
);
update crm.organizations set deleted_at = now() where id = pg_temp.id('level-3');
select results_eq(
    $$select name from crm.organization_tree(pg_temp.id('level-1'))$$,
    $$values ('Level 1'), ('Level 2')$$,
    'what is archived hides what is below'
);

-- The tree is drawn with the rights of whoever asks.
select is(
    pg_temp.attempt(persona, $$select * from crm.organization_tree(pg_temp.id('globex'))$$),
    wanted,
    format('%s sees %s of the tree of globex', persona, wanted)
)
from (
    values ('anon', 'denied'), ('zoe', '0 rows'), ('fred', '0 rows'), ('vic', '2 rows'), ('service', '2 rows')
) as expected (persona, wanted);

select * from finish();
rollback;
