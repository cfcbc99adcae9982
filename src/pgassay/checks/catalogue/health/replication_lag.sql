-- title: Replication lag
-- level: failed
-- needs: privilege pg_read_all_stats
-- parameter: warning_s = 60 (number) delay from which it is DEGRADED, in seconds
-- parameter: failed_s = 600 (number) delay from which it is UNHEALTHY, in seconds
-- parameter: warning_mb = 512 (number) WAL that is not yet replayed from which it is DEGRADED, in MB
-- parameter: failed_mb = 8192 (number) WAL from which it is UNHEALTHY, in MB
-- help: Look at the network and the load of {object}; on the standby, pg_stat_activity shows what holds up replay.
--
-- On a primary: every standby and subscriber that is connected (one that is not shows in replication_slots).
-- On a standby: its own delay, which is none while it has replayed all that it received, because an idle
-- primary sends nothing.

with here as (
    select case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end as lsn
),
receivers as (
    select
        format('%s%s', coalesce(nullif(r.application_name, ''), 'receiver'), ' ' || host(r.client_addr)) as object,
        pg_wal_lsn_diff(here.lsn, r.replay_lsn) as bytes,
        extract(epoch from coalesce(r.replay_lag, interval '0')) as delay_s
    from pg_catalog.pg_stat_replication as r
    cross join here
    where r.state in ('streaming', 'catchup')
    union all
    select
        'this standby',
        pg_wal_lsn_diff(here.lsn, pg_last_wal_replay_lsn()),
        case
            when here.lsn = pg_last_wal_replay_lsn() then 0
            else extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())
        end
    from here
    where pg_is_in_recovery()
)
select
    object,
    format('%s s and %s behind', round(coalesce(delay_s, 0)::numeric, 1), pg_size_pretty(coalesce(bytes, 0))) as detail,
    case
        when delay_s >= :'failed_s'::numeric or bytes >= 1048576 * :'failed_mb'::numeric then 'failed'
        when delay_s >= :'warning_s'::numeric or bytes >= 1048576 * :'warning_mb'::numeric then 'warning'
        else 'passed'
    end as level,
    null as remediation,
    jsonb_build_object('delay_s', delay_s, 'bytes', bytes) as metadata
from receivers
union all
select 'server', 'nothing is replicated from here', 'info', '', null
where not exists (select from receivers);

-- examples: none it needs a second server
