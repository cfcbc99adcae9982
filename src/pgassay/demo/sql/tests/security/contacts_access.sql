-- Contacts: who reads and writes which row. Every cell is tried, and 'sees nothing' (0 rows) is
-- kept apart from 'may not' (denied) and 'may not make such a row' (refused).
-- pgassay: critical

begin;
select plan(62);
\ir ../_support/world.sql

select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        --          select    insert     update    delete
        ('anon',    'denied', 'denied',  'denied', 'denied'),
        ('zoe',     '0 rows', 'refused', '0 rows', '0 rows'),
        ('fred',    '0 rows', 'refused', '0 rows', '0 rows'),
        ('vic',     '1 row',  'refused', '0 rows', '0 rows'),
        ('olga',    '0 rows', '1 row',   '0 rows', '0 rows'),
        ('theo',    '1 row',  '1 row',   '1 row',  '0 rows'),
        ('rita',    '1 row',  '1 row',   '1 row',  '0 rows'),
        ('max',     '1 row',  '1 row',   '1 row',  '0 rows'),
        ('ada',     '1 row',  '1 row',   '1 row',  '1 row'),
        ('service', '1 row',  '1 row',   '1 row',  '1 row')
) as matrix (persona, may_select, may_insert, may_update, may_delete)
cross join lateral (
    values
        ('read carl', $$select from crm.contacts where id = pg_temp.id('carl')$$, may_select),
        ('add a contact of their own', $$
            insert into crm.contacts (tenant_id, owner_id, first_name, last_name)
            values (pg_temp.id('north'), coalesce(auth.uid(), pg_temp.id('rita')), 'New', 'Person')
        $$, may_insert),
        ('change carl', $$update crm.contacts set job_title = 'Chef' where id = pg_temp.id('carl')$$, may_update),
        ('delete carl', $$delete from crm.contacts where id = pg_temp.id('carl')$$, may_delete)
) as attempt (action, statement, wanted);

-- The rows that the matrix above does not show.
select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        ('rita', 'no longer sees arne, whom she archived', '0 rows',
            $$select from crm.contacts where id = pg_temp.id('arne')$$),
        ('theo', 'does not see arne of his team, archived', '0 rows',
            $$select from crm.contacts where id = pg_temp.id('arne')$$),
        ('max', 'sees arne although archived', '1 row',
            $$select from crm.contacts where id = pg_temp.id('arne')$$),
        ('rita', 'does not see dora of another team', '0 rows',
            $$select from crm.contacts where id = pg_temp.id('dora')$$),
        ('olga', 'sees dora, whom she owns', '1 row',
            $$select from crm.contacts where id = pg_temp.id('dora')$$),
        ('max', 'sees frida, whose owner left', '1 row',
            $$select from crm.contacts where id = pg_temp.id('frida')$$),
        ('fred', 'does not see frida since he left, although he owns her', '0 rows',
            $$select from crm.contacts where id = pg_temp.id('frida')$$),
        ('fred', 'does not change frida since he left', '0 rows',
            $$update crm.contacts set job_title = 'x' where owner_id = pg_temp.id('fred')$$),
        ('zoe', 'sees her own tenant', '1 row',
            $$select from crm.contacts where tenant_id = pg_temp.id('south')$$),
        ('ada', 'sees nothing of another tenant', '0 rows',
            $$select from crm.contacts where tenant_id = pg_temp.id('south')$$),
        ('ada', 'sees every contact of her tenant', '4 rows',
            $$select from crm.contacts where tenant_id = pg_temp.id('north')$$),
        ('anon', 'not even how many there are', 'denied',
            $$select count(*) from crm.contacts$$)
) as special (persona, action, wanted, statement);

-- New rows, and rows given away.
select is(pg_temp.attempt(persona, statement), wanted, format('%s: %s', persona, action))
from (
    values
        ('rita', 'does not add a contact in the name of olga', 'refused', $$
            insert into crm.contacts (tenant_id, owner_id, first_name, last_name)
            values (pg_temp.id('north'), pg_temp.id('olga'), 'New', 'Person')
        $$),
        ('max', 'does not add a contact in the name of rita either', 'refused', $$
            insert into crm.contacts (tenant_id, owner_id, first_name, last_name)
            values (pg_temp.id('north'), pg_temp.id('rita'), 'New', 'Person')
        $$),
        ('rita', 'does not add a contact to another tenant', 'refused', $$
            insert into crm.contacts (tenant_id, owner_id, first_name, last_name)
            values (pg_temp.id('south'), pg_temp.id('rita'), 'New', 'Person')
        $$),
        ('rita', 'owns what she adds without naming an owner', '1 row', $$
            insert into crm.contacts (tenant_id, first_name, last_name)
            values (pg_temp.id('north'), 'New', 'Person')
        $$),
        ('rita', 'hands carl to theo of her team', '1 row',
            $$update crm.contacts set owner_id = pg_temp.id('theo') where id = pg_temp.id('carl')$$),
        ('olga', 'does not hand dora to rita, for she would lose her from sight', 'refused', $$
            update crm.contacts
            set owner_id = pg_temp.id('rita'), team_id = null
            where id = pg_temp.id('dora')
        $$),
        ('max', 'hands dora to anyone', '1 row',
            $$update crm.contacts set owner_id = pg_temp.id('rita') where id = pg_temp.id('dora')$$),
        ('max', 'does not move a contact to another tenant', 'refused',
            $$update crm.contacts set tenant_id = pg_temp.id('south') where id = pg_temp.id('frida')$$),
        ('rita', 'does not archive carl by a plain update: the row would leave her sight', 'refused',
            $$update crm.contacts set deleted_at = now() where id = pg_temp.id('carl')$$),
        ('max', 'archives carl by a plain update, for managers see archived ones', '1 row',
            $$update crm.contacts set deleted_at = now() where id = pg_temp.id('carl')$$)
) as special (persona, action, wanted, statement);

select * from finish();
rollback;
