-- The rules of membership: seats, the last admin, and who counts as what.

begin;
select plan(45);
\ir ../_support/world.sql

-- Seats. South has one member.
update crm.tenants set seat_limit = 2 where id = pg_temp.id('south');
select lives_ok(
    $$insert into crm.memberships (tenant_id, user_id) values (pg_temp.id('south'), pg_temp.id('fred'))$$,
    'the last free seat is given'
);
select throws_ok(
    $$insert into crm.memberships (tenant_id, user_id) values (pg_temp.id('south'), pg_temp.id('vic'))$$,
    'CRM01', 'all 2 seats of this tenant are taken', 'there is no third of two seats'
);
update crm.tenants set seat_limit = 1 where id = pg_temp.id('south');
select throws_ok(
    $$insert into crm.memberships (tenant_id, user_id) values (pg_temp.id('south'), pg_temp.id('vic'))$$,
    'CRM01', 'all 1 seats of this tenant are taken', 'a lowered limit lets nobody in'
);
select is(
    (select count(*) from crm.memberships where tenant_id = pg_temp.id('south')),
    2::bigint,
    'but throws nobody out'
);
select lives_ok(
    $$update crm.memberships set role = 'viewer' where user_id = pg_temp.id('fred')$$,
    'a change of role takes no seat'
);

-- The last admin. Zoe is the only one of south.
select is(pg_temp.attempt('nobody', statement), wanted, what)
from (
    values
        ('the last admin is not removed', 'error CRM02',
            $$delete from crm.memberships where user_id = pg_temp.id('zoe')$$),
        ('the last admin is not demoted', 'error CRM02',
            $$update crm.memberships set role = 'manager' where user_id = pg_temp.id('zoe')$$),
        ('the last admin may stay admin', '1 row',
            $$update crm.memberships set role = 'admin' where user_id = pg_temp.id('zoe')$$),
        ('the last admin of another tenant does not help', 'error CRM02',
            $$delete from crm.memberships where user_id = pg_temp.id('zoe')
                and exists (select from crm.memberships where user_id = pg_temp.id('ada') and role = 'admin')$$),
        ('someone who is no admin is removed', '1 row',
            $$delete from crm.memberships where user_id = pg_temp.id('fred')$$),
        ('someone who is no admin is demoted', '1 row',
            $$update crm.memberships set role = 'viewer' where user_id = pg_temp.id('fred')$$),
        ('someone who is no admin is promoted', '1 row',
            $$update crm.memberships set role = 'admin' where user_id = pg_temp.id('fred')$$)
) as one_admin (what, wanted, statement);

select throws_ok(
    $$delete from crm.memberships where user_id = pg_temp.id('zoe')$$,
    'CRM02', 'a tenant keeps at least one admin', 'and says why'
);
select lives_ok(
    $$delete from crm.tenants where id = pg_temp.id('south')$$,
    'a tenant that is deleted takes its last admin along'
);

update crm.memberships set role = 'admin' where user_id = pg_temp.id('theo');
select is(pg_temp.attempt('nobody', statement), wanted, what)
from (
    values
        ('one of two admins is removed', '1 row',
            $$delete from crm.memberships where user_id = pg_temp.id('ada')$$),
        ('one of two admins is demoted', '1 row',
            $$update crm.memberships set role = 'rep' where user_id = pg_temp.id('ada')$$)
) as two_admins (what, wanted, statement);
select is(
    pg_temp.attempt('theo', $$delete from crm.memberships where user_id = pg_temp.id('ada')$$),
    '1 row',
    'one admin removes the other'
);
update crm.memberships set role = 'rep' where user_id = pg_temp.id('theo');
select is(
    pg_temp.attempt('ada', $$delete from crm.memberships where user_id = pg_temp.id('ada')$$),
    'error CRM02',
    'an admin who is the last does not leave either'
);

-- Who counts as what: the question that every policy asks.
create function pg_temp.counts_as(persona text, minimum crm.member_role) returns boolean
    language plpgsql
as $$
declare
    answer boolean;
begin
    perform pg_temp.become(persona);
    select pg_temp.id('north') in (select private.tenants_as(minimum)) into answer;
    perform pg_temp.become('nobody');
    return answer;
end
$$;

select is(
    pg_temp.counts_as(persona, minimum),
    coalesce(role::crm.member_role >= minimum, false),
    format(
        '%s %s as %s',
        persona,
        case when role::crm.member_role >= minimum then 'counts' else 'does not count' end,
        minimum
    )
)
from (
    values
        ('ada', 'admin'), ('max', 'manager'), ('rita', 'rep'), ('vic', 'viewer'), ('fred', null), ('zoe', null)
) as member (persona, role)
cross join unnest(enum_range(null::crm.member_role)) as minimum;

-- Teams: one's own, not the tenant's.
create function pg_temp.teams_of(persona text) returns uuid[]
    language plpgsql
as $$
declare
    answer uuid[];
begin
    perform pg_temp.become(persona);
    answer := array(select private.my_teams() order by 1);
    perform pg_temp.become('nobody');
    return answer;
end
$$;
select is(pg_temp.teams_of('rita'), array[pg_temp.id('sales')], 'rita is in sales');
select is(pg_temp.teams_of('olga'), array[pg_temp.id('support')], 'olga is in support');
select is(pg_temp.teams_of('max'), array[]::uuid[], 'max manages all teams and is in none');

select * from finish();
rollback;
