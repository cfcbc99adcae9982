-- Interactions: whoever sees the contact reads them; only the author writes.
-- pgassay: critical

begin;
select plan(53);
\ir ../_support/world.sql

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        --          select    insert     update    delete
        ('anon',    'denied', 'denied',  'denied', 'denied'),
        ('zoe',     '0 rows', 'refused', '0 rows', '0 rows'),
        ('fred',    '0 rows', 'refused', '0 rows', '0 rows'),
        ('vic',     '1 row',  'refused', '0 rows', '0 rows'),
        ('olga',    '0 rows', 'refused', '0 rows', '0 rows'),
        ('theo',    '1 row',  '1 row',   '0 rows', '0 rows'),
        ('rita',    '1 row',  '1 row',   '1 row',  '1 row'),
        ('max',     '1 row',  '1 row',   '0 rows', '0 rows'),
        ('ada',     '1 row',  '1 row',   '0 rows', '0 rows'),
        ('service', '1 row',  '1 row',   '1 row',  '1 row')
) as matrix (persona, may_select, may_insert, may_update, may_delete)
cross join lateral (
    values
        ('read the call with carl', $$select from crm.interactions where id = pg_temp.id('call')$$, may_select),
        ('log a call with carl', $$
            insert into crm.interactions (tenant_id, contact_id, owner_id, kind, subject)
            values (
                pg_temp.id('north'), pg_temp.id('carl'), coalesce(auth.uid(), pg_temp.id('rita')), 'call', 'Again'
            )
        $$, may_insert),
        ('change the call', $$update crm.interactions set subject = 'x' where id = pg_temp.id('call')$$, may_update),
        ('delete the call', $$delete from crm.interactions where id = pg_temp.id('call')$$, may_delete)
) as attempt (action, statement, wanted);

insert into crm.interactions (id, tenant_id, contact_id, owner_id, kind, subject)
values (pg_temp.id('rita-dora'), pg_temp.id('north'), pg_temp.id('dora'), pg_temp.id('rita'), 'email', 'Handed over');

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        ('rita', 'does not log in the name of theo', 'refused', $$
            insert into crm.interactions (tenant_id, contact_id, owner_id, kind, subject)
            values (pg_temp.id('north'), pg_temp.id('carl'), pg_temp.id('theo'), 'call', 'x')
        $$),
        ('rita', 'is the author when she names none', '1 row', $$
            insert into crm.interactions (tenant_id, contact_id, kind, subject)
            values (pg_temp.id('north'), pg_temp.id('carl'), 'call', 'x')
        $$),
        ('rita', 'does not log with a contact that she does not see', 'refused', $$
            insert into crm.interactions (tenant_id, contact_id, owner_id, kind, subject)
            values (pg_temp.id('north'), pg_temp.id('dora'), pg_temp.id('rita'), 'call', 'x')
        $$),
        ('rita', 'still reads what she wrote to dora, whom she does not see', '1 row',
            $$select from crm.interactions where id = pg_temp.id('rita-dora')$$),
        ('theo', 'does not read it', '0 rows',
            $$select from crm.interactions where id = pg_temp.id('rita-dora')$$),
        ('olga', 'reads it, for dora is hers', '1 row',
            $$select from crm.interactions where id = pg_temp.id('rita-dora')$$),
        ('fred', 'does not read what he wrote before he left', '0 rows',
            $$select from crm.interactions where id = pg_temp.id('fred-mail')$$),
        ('fred', 'does not delete what he wrote before he left', '0 rows',
            $$delete from crm.interactions where id = pg_temp.id('fred-mail')$$),
        ('max', 'reads what fred wrote', '1 row',
            $$select from crm.interactions where id = pg_temp.id('fred-mail')$$),
        ('ada', 'reads nothing of another tenant', '0 rows',
            $$select from crm.interactions where tenant_id = pg_temp.id('south')$$),
        ('zoe', 'reads her own tenant', '1 row',
            $$select from crm.interactions where tenant_id = pg_temp.id('south')$$),
        ('rita', 'does not sign her call over to theo', 'refused',
            $$update crm.interactions set owner_id = pg_temp.id('theo') where id = pg_temp.id('call')$$),
        ('rita', 'does not move her call to another tenant', 'refused',
            $$update crm.interactions set tenant_id = pg_temp.id('south') where id = pg_temp.id('call')$$)
) as special (persona, action, wanted, statement);

select * from finish();
rollback;
