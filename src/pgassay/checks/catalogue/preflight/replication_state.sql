-- title: Standbys follow
-- level: warning
-- needs: privilege pg_monitor
-- parameter: standbys = 0 (number) the standbys that there should be
-- help: See pg_stat_replication, and the log of the standby that is missing.
--
-- Counts the standbys that stream from here. How far they are behind is for replication_lag. On a standby it says which
-- primary it follows.

with standby as (
    select pg_catalog.count(*) as number
    from pg_catalog.pg_stat_replication
    where state = 'streaming'
)

select
    'server' as object,
    case
        when not pg_is_in_recovery() then format('is a primary, standbys that stream from it: %s', standby.number)
        else
            format(
                'is a standby of %s',
                coalesce((select r.sender_host from pg_catalog.pg_stat_wal_receiver as r), 'nobody at the moment')
            )
    end as detail,
    case
        when pg_is_in_recovery() and not exists (select from pg_catalog.pg_stat_wal_receiver) then null
        when not pg_is_in_recovery() and standby.number < :'standbys'::pg_catalog.int8 then null
        else 'passed'
    end as level
from standby;

-- breaks: a standby that is missing
-- with: standbys = 1

-- holds: none, where none is expected
