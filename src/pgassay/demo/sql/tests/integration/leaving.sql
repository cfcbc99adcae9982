-- A rep leaves: what was seen through the membership is gone the same moment, what was owned is handed on,
-- and who comes back starts anew.

begin;
select plan(18);
\ir ../_support/world.sql

create function pg_temp.sees(persona text) returns bigint[]
    language plpgsql
as $$
declare
    seen bigint[];
begin
    perform pg_temp.become(persona);
    seen := array[
        (select count(*) from crm.organizations),
        (select count(*) from crm.contacts),
        (select count(*) from crm.opportunities),
        (select count(*) from crm.interactions)
    ];
    perform pg_temp.become('nobody');
    return seen;
end
$$;

select is(pg_temp.sees('rita'), array[2, 1, 1, 1]::bigint[], 'rita sees two organizations and one of each of the rest');

-- Ada removes her.
select pg_temp.become('ada');
delete from crm.memberships where tenant_id = pg_temp.id('north') and user_id = pg_temp.id('rita');
select pg_temp.become('nobody');

select is(pg_temp.sees('rita'), array[0, 0, 0, 0]::bigint[], 'rita sees nothing any more');
select is_empty(
    $$select from crm.team_members where user_id = pg_temp.id('rita')$$, 'she is in no team'
);
select is(
    (select owner_id from crm.contacts where id = pg_temp.id('carl')), pg_temp.id('rita'), 'carl is still hers on paper'
);
select is(pg_temp.sees('theo'), array[2, 1, 1, 1]::bigint[], 'her team sees what it saw');
select is(pg_temp.attempt('rita', statement), wanted, 'without a membership ' || what)
from (
    values
        ('nothing is changed', '0 rows', $$update crm.contacts set status = 'churned' where owner_id = auth.uid()$$),
        ('nothing is added', 'refused', $$
            insert into crm.contacts (tenant_id, first_name, last_name) values (pg_temp.id('north'), 'x', 'x')
        $$),
        ('nothing is archived', 'denied', $$select crm.archive_contact(pg_temp.id('carl'))$$),
        ('nothing is restored', 'denied', $$select crm.restore_contact(pg_temp.id('arne'))$$),
        ('nothing is merged', 'denied', $$select crm.merge_contacts(pg_temp.id('carl'), pg_temp.id('dora'))$$),
        ('no line is deleted', '0 rows', $$delete from crm.opportunity_products$$),
        ('no interaction is deleted', '0 rows', $$delete from crm.interactions where owner_id = auth.uid()$$)
) as left_out (what, wanted, statement);

-- Max hands her contacts to theo.
select pg_temp.become('max');
update crm.contacts set owner_id = pg_temp.id('theo') where owner_id = pg_temp.id('rita');
update crm.organizations set owner_id = pg_temp.id('theo') where owner_id = pg_temp.id('rita');
update crm.opportunities set owner_id = pg_temp.id('theo') where owner_id = pg_temp.id('rita');
select pg_temp.become('nobody');
select is_empty(
    $$
        select from crm.contacts where owner_id = pg_temp.id('rita')
        union all
        select from crm.organizations where owner_id = pg_temp.id('rita')
        union all
        select from crm.opportunities where owner_id = pg_temp.id('rita')
    $$,
    'everything was handed on, archived rows, too'
);
select is(
    pg_temp.attempt('theo', $$update crm.opportunities set name = 'Taken over' where id = pg_temp.id('deal')$$),
    '1 row',
    'theo carries on'
);
select is(
    pg_temp.attempt('theo', $$delete from crm.interactions where id = pg_temp.id('call')$$),
    '0 rows',
    'but what rita said stays what rita said'
);

-- She comes back.
select pg_temp.become('ada');
insert into crm.memberships (tenant_id, user_id) values (pg_temp.id('north'), pg_temp.id('rita'));
select pg_temp.become('nobody');
select is(
    pg_temp.sees('rita'),
    array[2, 0, 0, 1]::bigint[],
    'back without her team she sees what everyone sees, and her call'
);
select pg_temp.become('max');
insert into crm.team_members (tenant_id, team_id, user_id)
values (pg_temp.id('north'), pg_temp.id('sales'), pg_temp.id('rita'));
select pg_temp.become('nobody');
select is(pg_temp.sees('rita'), array[2, 1, 1, 1]::bigint[], 'in her team she sees its rows again');
select is(
    (
        select array_agg(action order by id)
        from crm.audit_log
        where table_name = 'memberships' and row_id = pg_temp.id('rita')
    ),
    array['INSERT', 'DELETE', 'INSERT'],
    'the log has her going and coming'
);

select * from finish();
rollback;
