-- An import as a rep does it: rows are copied into a staging table and go on from there under the rep's own
-- rights. What is already known is updated, what is not well formed is left behind and can be told apart.

begin;
select plan(12);
\ir ../_support/world.sql

-- Row-level security does not let COPY into the table itself.
select pg_temp.become('rita');
select throws_ok(
    $$copy crm.contacts (tenant_id, first_name, last_name) from stdin$$,
    '0A000', null, 'nobody copies past the policies'
);
select pg_temp.become('nobody');

create temp table staging (line integer, first_name text, last_name text, email text, phone text, website text);
grant select on staging to authenticated;
copy staging from stdin with (format csv, header, null '');
line,first_name,last_name,email,phone,website
1,Carla,Newcomer,carla@hooli.example,+14155550100,hooli.example
2,Carl,Testperson,CARL@crm-test.example,+14155550101,globex.example
3,Otto,"Comma, Jr.",,,globex.example
4,Broken,Address,not an address,,globex.example
5,Broken,Number,number@hooli.example,0415 555,globex.example
6,Nobody's,Company,nobody@nowhere.example,,unknown.example
7,,,empty@hooli.example,,
\.

select is((select count(*) from staging), 7::bigint, 'all lines arrived');
select is((select last_name from staging where line = 3), 'Comma, Jr.', 'a comma in quotes is no border');

-- What the domains would refuse, asked for before it fails.
create temp view well_formed as
select *
from staging
where last_name <> ''
    and (email is null or email ~ '^[^@[:space:]]+@[^@[:space:].]+(\.[^@[:space:].]+)+$')
    and (phone is null or phone ~ '^\+[1-9][0-9]{6,14}$');
grant select on well_formed to authenticated;
select set_eq(
    'select line from staging except select line from well_formed',
    'values (4), (5), (7)',
    'three lines are not well formed'
);

-- The question above is the domains' own: what it lets through fits, what it keeps back does not.
select lives_ok(
    'select email::crm.email_address, phone::crm.phone_number from well_formed',
    'every well-formed line fits the domains'
);
select throws_ok(
    'select email::crm.email_address from staging where line = 4',
    '23514', null, 'the address of line 4 does not'
);

select pg_temp.become('rita');
with known as (
    update crm.contacts as c
    set phone = coalesce(c.phone, w.phone)
    from well_formed as w
    where c.tenant_id = pg_temp.id('north')
        and lower(c.email) = lower(w.email)
    returning w.line
)
insert into crm.contacts (tenant_id, organization_id, team_id, first_name, last_name, email, phone, source)
select
    pg_temp.id('north'),
    o.id,
    pg_temp.id('sales'),
    first_name,
    last_name,
    email,
    phone,
    'import'
from well_formed as w
left join crm.organizations as o on o.tenant_id = pg_temp.id('north') and o.website = w.website
where not exists (select from known where known.line = w.line);

select results_eq(
    $$select first_name, last_name from crm.contacts where source = 'import' order by last_name$$,
    $$values ('Otto', 'Comma, Jr.'), ('Nobody''s', 'Company'), ('Carla', 'Newcomer')$$,
    'three people are new'
);
select is(
    (select phone::text from crm.contacts where id = pg_temp.id('carl')),
    '+14155550101',
    'carl was known, whatever the case of his address, and has a number now'
);
select is(
    (select organization_id from crm.contacts where last_name = 'Comma, Jr.'),
    pg_temp.id('globex'),
    'who works at a known website works at its organization'
);
select is(
    (select organization_id from crm.contacts where last_name = 'Company'),
    null::uuid,
    'who does not, works nowhere yet'
);
select is_empty(
    $$select from crm.contacts where source = 'import' and owner_id <> auth.uid()$$,
    'all of them belong to who imported them'
);
select pg_temp.become('olga');
select is_empty(
    $$select from crm.contacts where source = 'import'$$,
    'and another team sees none'
);

select * from finish();
rollback;
