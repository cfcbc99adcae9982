-- title: What keeps vacuum from removing old row versions
-- level: failed
-- needs: privilege pg_read_all_stats
-- parameter: warning_ids = 10000000 (number) transactions since, from which it is DEGRADED
-- parameter: failed_ids = 150000000 (number) transactions since, from which it is UNHEALTHY
-- help: End the transaction, commit or roll back the prepared one, or drop the slot that is named.
--
-- The oldest snapshot, prepared transaction or replication slot. Whatever died after it began must be kept, in every
-- table.

with holders as (
    select format('pid %s', a.pid) as object, greatest(age(a.backend_xmin), age(a.backend_xid)) as ids
    from pg_catalog.pg_stat_activity as a
    where a.pid <> pg_backend_pid()
    union all
    select format('slot %I', s.slot_name), greatest(age(s.xmin), age(s.catalog_xmin))
    from pg_catalog.pg_replication_slots as s
    union all
    select format('prepared transaction %s', p.gid), age(p.transaction)
    from pg_catalog.pg_prepared_xacts as p
)
select
    object,
    format('holds back vacuum for %s transactions', ltrim(to_char(ids, '999,999,999,999'))) as detail,
    case when ids >= :'failed_ids'::numeric then 'failed' else 'warning' end as level,
    jsonb_build_object('transactions', ids) as metadata
from holders
where ids >= :'warning_ids'::numeric
union all
select
    'server',
    format(
        'nothing holds vacuum back for more than %s transactions',
        ltrim(to_char(coalesce(max(ids), 0), '999,999,999,999'))
    ),
    'passed',
    null
from holders
having coalesce(max(ids), 0) < :'warning_ids'::numeric;

-- examples: none it needs a second session
