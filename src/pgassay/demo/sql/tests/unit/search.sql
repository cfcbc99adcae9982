-- Full-text search: what is found, in which order, how much, and by whom.

begin;
select plan(35);
\ir ../_support/world.sql

-- A query without words makes the server say so; that is not news here.
set local client_min_messages = warning;

update crm.organizations set industry = 'zeppelins' where id = pg_temp.id('globex');
update crm.contacts set job_title = 'zeppelin captain' where id = pg_temp.id('carl');
update crm.contacts set first_name = 'Zeppelin' where id = pg_temp.id('dora');
update crm.interactions set body = 'We talked about zeppelin prices.' where id = pg_temp.id('call');

-- As max, who sees all of north.
select pg_temp.become('max');

select results_eq(
    $$select kind, title from crm.search('zeppelin')$$,
    $$
        values
            ('contact', 'Zeppelin Testperson'),
            ('contact', 'Carl Testperson'),
            ('interaction', 'First call')
    $$,
    'a name counts more than a job, and a job more than a text'
);
select results_eq(
    $$select kind, id from crm.search('zeppelins')$$,
    $$values ('organization', pg_temp.id('globex'))$$,
    'an industry is found; words are not stemmed'
);

select results_eq(
    format('select id from crm.search(%L)', words),
    format('values (pg_temp.id(%L))', label),
    what
)
from (
    values
        ('a contact by its first name', 'carl', 'carl'),
        ('in any case', 'CARL', 'carl'),
        ('a contact by its address', 'frida@crm-test.example', 'frida'),
        ('a contact by two words', 'captain carl', 'carl'),
        ('an organization by its name, and not its lab', 'globex -lab', 'globex'),
        ('an organization by its website', 'globex-lab.example', 'globex-lab'),
        ('an interaction by its subject', 'mornings', 'lab-note'),
        ('an interaction by its text', 'prices', 'call'),
        ('without a word', 'testperson -carl -frida', 'dora'),
        ('a phrase', '"zeppelin prices"', 'call')
) as found (what, words, label);

select is_empty(
    format('select * from crm.search(%L)', words),
    what
)
from (
    values
        ('nothing by a part of a word', 'zepp'),
        ('nothing by no words', ''),
        ('nothing by signs', '!?'),
        ('nothing by a phrase in another order', '"prices zeppelin"'),
        ('nothing when one word is missing', 'carl mornings'),
        ('no archived contact, although max may see it', 'arne'),
        ('no archived organization', 'initech'),
        ('nothing of another tenant', 'sven')
) as missed (what, words);

-- How much.
select pg_temp.become('nobody');
insert into crm.contacts (tenant_id, owner_id, first_name, last_name)
select pg_temp.id('north'), pg_temp.id('rita'), 'Many', 'Number ' || n
from generate_series(1, 110) as n;
select pg_temp.become('max');

select is((select count(*) from crm.search('many')), 20::bigint, 'twenty are found when nothing is said');
select is(
    (select count(*) from crm.search('many', wanted)),
    given::bigint,
    format('asked for %s, %s are given', wanted, given)
)
from (values (1, 1), (21, 21), (100, 100), (101, 100), (0, 1), (-5, 1)) as size (wanted, given);
select is(
    (select title from crm.search('many', 1)),
    'Many Number 1',
    'among equals the title decides'
);

-- By whom.
select pg_temp.become('nobody');
select is(
    pg_temp.attempt(persona, $$select * from crm.search('testperson')$$),
    wanted,
    format('%s finds %s', persona, wanted)
)
from (
    values
        ('anon', 'denied'),
        ('zoe', '1 row'),
        ('fred', '0 rows'),
        ('vic', '1 row'),
        ('olga', '1 row'),
        ('rita', '1 row'),
        ('max', '3 rows')
) as reach (persona, wanted);

select * from finish();
rollback;
