-- Data for the CRM, the same on every machine: `\set scale N` (psql -v scale=N) gives N thousand
-- contacts and what belongs to them. Nothing is random: every choice is a hash of a row's number.
-- The database is expected to be fresh; the seed is one transaction.
--
-- Skew: tenants follow a power law (the first has about a third of all), a few organizations have most
-- of the contacts, a few reps own most of the rows, a few contacts have most of the interactions.
--
-- Rows go in set by set with the user triggers off; what the triggers would have computed (amounts,
-- probabilities, the history of stages, the last contact) is computed here and inserted once, in the order
-- of the primary key, which spares the index. Secondary indexes are built afterwards, in one go each. A
-- superuser skips the row-by-row proof of foreign keys, too, which is most of the time;
-- sql/tests/integration/seed_is_whole.sql proves them set by set.

\if :{?scale}
\else
\set scale 1
\endif

begin;

set local client_min_messages = warning;
set local maintenance_work_mem = '256MB';
set local work_mem = '128MB';
set local jit = off;

-- A number in [0, 1) that depends on nothing but the row and what is being chosen for it.
create function pg_temp.roll(choice integer, tenant integer, n integer) returns double precision
    language sql stable
return (hashint8extended(tenant::bigint << 32 | n, choice) & 2147483647) / 2147483648::double precision;

create function pg_temp.key(kind text, tenant integer, n integer) returns uuid
    language sql stable
return md5(kind || ' ' || tenant || '/' || n)::uuid;

create function pg_temp.moment(choice integer, tenant integer, n integer) returns timestamptz
    language sql stable
return '2022-01-03 08:00+00'::timestamptz + pg_temp.roll(choice, tenant, n) * 126144000 * interval '1 second';

create temp table seed_tenant on commit drop as
with share as (
    select t, power(t, -1.2) / sum(power(t, -1.2)) over () as share
    from generate_series(1, 3 + least(:scale / 5, 200)) as t
),
sized as (
    select
        t,
        greatest(8, round(1000 * :scale * share))::integer as contacts
    from share
)
select
    t,
    -- The first tenant takes what rounding left over, so that the total is exact.
    case t
        when 1 then 1000 * :scale - (select sum(contacts) from sized where t > 1)::integer
        else contacts
    end as contacts,
    case t when 1 then 40 when 2 then 24 else 12 end as users
from sized;

-- Keys that a million rows repeat are made once.
alter table seed_tenant
    add organizations integer,
    add opportunities integer,
    add interactions integer,
    add tenant_id uuid,
    add user_ids uuid[],
    add team_ids uuid[];
update seed_tenant
set organizations = 2 + contacts / 8,
    opportunities = 2 + contacts / 5,
    interactions = 2 + contacts * 7 / 10,
    tenant_id = pg_temp.key('tenant', t, 0),
    user_ids = array(select pg_temp.key('user', t, u) from generate_series(1, users) as u order by u),
    team_ids = array(select pg_temp.key('team', t, n) from generate_series(1, 3) as n order by n);

select current_setting('is_superuser') as superuser \gset
\if :superuser
set local session_replication_role = replica;
\endif
alter table crm.memberships disable trigger user;
alter table crm.organizations disable trigger user;
alter table crm.contacts disable trigger user;
alter table crm.products disable trigger user;
alter table crm.opportunities disable trigger user;
alter table crm.opportunity_products disable trigger user;
alter table crm.interactions disable trigger user;

create temp table seed_index on commit drop as
select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
from pg_index as i
join pg_class as c on c.oid = i.indrelid
where c.relnamespace = 'crm'::regnamespace
    and not exists (select from pg_constraint where conindid = i.indexrelid);

select format('drop index %s', name) from seed_index \gexec

\ir seed/people.sql
\ir seed/organizations.sql
\ir seed/drafts.sql
\ir seed/contacts.sql
\ir seed/opportunities.sql
\ir seed/interactions.sql

select definition from seed_index order by name \gexec

alter table crm.interactions enable trigger user;
alter table crm.opportunity_products enable trigger user;
alter table crm.opportunities enable trigger user;
alter table crm.products enable trigger user;
alter table crm.contacts enable trigger user;
alter table crm.organizations enable trigger user;
alter table crm.memberships enable trigger user;

drop function pg_temp.moment(integer, integer, integer);
drop function pg_temp.key(text, integer, integer);
drop function pg_temp.roll(integer, integer, integer);

commit;

analyze;
