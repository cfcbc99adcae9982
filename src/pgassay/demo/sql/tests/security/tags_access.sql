-- Tags and the two tables that tie them: reps tag what they see, managers rename and remove tags.
-- pgassay: critical

begin;
select plan(107);
\ir ../_support/world.sql

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        --          select    insert     update    delete
        ('anon',    'denied', 'denied',  'denied', 'denied'),
        ('zoe',     '0 rows', 'refused', '0 rows', '0 rows'),
        ('fred',    '0 rows', 'refused', '0 rows', '0 rows'),
        ('vic',     '1 row',  'refused', '0 rows', '0 rows'),
        ('rita',    '1 row',  '1 row',   '0 rows', '0 rows'),
        ('max',     '1 row',  '1 row',   '1 row',  '1 row'),
        ('ada',     '1 row',  '1 row',   '1 row',  '1 row'),
        ('service', '1 row',  '1 row',   '1 row',  '1 row')
) as matrix (persona, may_select, may_insert, may_update, may_delete)
cross join lateral (
    values
        ('read a tag', $$select from crm.tags where id = pg_temp.id('vip')$$, may_select),
        ('add a tag', $$insert into crm.tags (tenant_id, name) values (pg_temp.id('north'), 'New')$$, may_insert),
        ('rename a tag', $$update crm.tags set name = 'Best' where id = pg_temp.id('vip')$$, may_update),
        ('delete a tag', $$delete from crm.tags where id = pg_temp.id('spare')$$, may_delete)
) as attempt (action, statement, wanted);

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        --          select    insert     delete
        ('anon',    'denied', 'denied',  'denied'),
        ('zoe',     '0 rows', 'refused', '0 rows'),
        ('fred',    '0 rows', 'refused', '0 rows'),
        ('vic',     '1 row',  'refused', '0 rows'),
        ('olga',    '0 rows', 'refused', '0 rows'),
        ('theo',    '1 row',  '1 row',   '1 row'),
        ('rita',    '1 row',  '1 row',   '1 row'),
        ('max',     '1 row',  '1 row',   '1 row'),
        ('ada',     '1 row',  '1 row',   '1 row'),
        ('service', '1 row',  '1 row',   '1 row')
) as matrix (persona, may_select, may_insert, may_delete)
cross join lateral (
    values
        ('read the tags of carl', $$
            select from crm.contact_tags where contact_id = pg_temp.id('carl')
        $$, may_select),
        ('tag carl', $$
            insert into crm.contact_tags (tenant_id, contact_id, tag_id)
            values (pg_temp.id('north'), pg_temp.id('carl'), pg_temp.id('spare'))
        $$, may_insert),
        ('take a tag from carl', $$
            delete from crm.contact_tags where contact_id = pg_temp.id('carl')
        $$, may_delete)
) as attempt (action, statement, wanted);

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        --          select    insert     delete
        ('anon',    'denied', 'denied',  'denied'),
        ('zoe',     '0 rows', 'refused', '0 rows'),
        ('fred',    '0 rows', 'refused', '0 rows'),
        ('vic',     '1 row',  'refused', '0 rows'),
        ('olga',    '1 row',  '1 row',   '1 row'),
        ('rita',    '1 row',  '1 row',   '1 row'),
        ('max',     '1 row',  '1 row',   '1 row'),
        ('ada',     '1 row',  '1 row',   '1 row'),
        ('service', '1 row',  '1 row',   '1 row')
) as matrix (persona, may_select, may_insert, may_delete)
cross join lateral (
    values
        ('read the tags of globex', $$
            select from crm.organization_tags where organization_id = pg_temp.id('globex')
        $$, may_select),
        ('tag globex', $$
            insert into crm.organization_tags (tenant_id, organization_id, tag_id)
            values (pg_temp.id('north'), pg_temp.id('globex'), pg_temp.id('spare'))
        $$, may_insert),
        ('take a tag from globex', $$
            delete from crm.organization_tags where organization_id = pg_temp.id('globex')
        $$, may_delete)
) as attempt (action, statement, wanted);

-- A tie is made and cut, never changed.
select is(
    pg_temp.attempt(persona, format('update crm.%I set tag_id = tag_id', tie)),
    'denied',
    format('%s does not update %s', persona, tie)
)
from
    unnest(array['contact_tags', 'organization_tags']) as tie,
    unnest(array['anon', 'rita', 'max', 'ada', 'service']) as persona;

insert into crm.organization_tags (tenant_id, organization_id, tag_id)
values (pg_temp.id('north'), pg_temp.id('initech'), pg_temp.id('vip'));

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        ('rita', 'does not see the tags of an archived organization', '0 rows',
            $$select from crm.organization_tags where organization_id = pg_temp.id('initech')$$),
        ('max', 'sees the tags of an archived organization', '1 row',
            $$select from crm.organization_tags where organization_id = pg_temp.id('initech')$$),
        ('rita', 'does not tag an archived organization', 'refused', $$
            insert into crm.organization_tags (tenant_id, organization_id, tag_id)
            values (pg_temp.id('north'), pg_temp.id('initech'), pg_temp.id('spare'))
        $$),
        ('zoe', 'sees the tags of her own tenant', '1 row',
            $$select from crm.tags where tenant_id = pg_temp.id('south')$$),
        ('ada', 'sees no tag of another tenant', '0 rows',
            $$select from crm.tags where tenant_id = pg_temp.id('south')$$),
        ('max', 'moves no tag to another tenant', 'refused',
            $$update crm.tags set tenant_id = pg_temp.id('south') where id = pg_temp.id('spare')$$),
        ('rita', 'adds no tag to another tenant', 'refused',
            $$insert into crm.tags (tenant_id, name) values (pg_temp.id('south'), 'New')$$),
        ('rita', 'ties no tag of another tenant to carl', 'error 23503', $$
            insert into crm.contact_tags (tenant_id, contact_id, tag_id)
            values (pg_temp.id('north'), pg_temp.id('carl'), pg_temp.id('south-tag'))
        $$)
) as special (persona, action, wanted, statement);

select * from finish();
rollback;
