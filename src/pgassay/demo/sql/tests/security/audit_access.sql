-- The audit log: read by admins of the tenant, written by nobody but the trigger.
-- pgassay: critical

begin;
select plan(44);
\ir ../_support/world.sql

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        --          select
        ('anon',    'denied'),
        ('zoe',     '0 rows'),
        ('fred',    '0 rows'),
        ('vic',     '0 rows'),
        ('olga',    '0 rows'),
        ('theo',    '0 rows'),
        ('rita',    '0 rows'),
        ('max',     '0 rows'),
        ('ada',     '1 row'),
        ('service', '1 row')
) as matrix (persona, may_select)
cross join lateral (
    values
        ('read how carl came to be', $$
            select from crm.audit_log
            where tenant_id = pg_temp.id('north') and row_id = pg_temp.id('carl') and action = 'INSERT'
        $$, may_select),
        ('forge an entry', $$
            insert into crm.audit_log (tenant_id, table_name, row_id, action, changes)
            values (pg_temp.id('north'), 'contacts', pg_temp.id('carl'), 'DELETE', '{}')
        $$, 'denied'),
        ('rewrite an entry', $$update crm.audit_log set action = 'UPDATE'$$, 'denied'),
        ('delete an entry', $$delete from crm.audit_log$$, 'denied')
) as attempt (action, statement, wanted);

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        ('zoe', 'reads the log of her own tenant', '1 row', $$
            select from crm.audit_log
            where tenant_id = pg_temp.id('south') and row_id = pg_temp.id('sven') and action = 'INSERT'
        $$),
        ('ada', 'does not read the log of another tenant', '0 rows',
            $$select from crm.audit_log where tenant_id = pg_temp.id('south')$$),
        ('ada', 'does not empty the log', 'denied', $$truncate crm.audit_log$$),
        ('service', 'does not empty the log', 'denied', $$truncate crm.audit_log$$)
) as special (persona, action, wanted, statement);

select * from finish();
rollback;
