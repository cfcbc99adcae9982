-- Each standby that is connected: whether the role may not see more of it, up to where the log is written here
-- and replayed there (in bytes), and how far behind it was, in seconds, when it last said so. A figure that was
-- said before it had caught up says nothing any more.
select
    standby.pid,
    coalesce(nullif(standby.application_name, ''), standby.pid::text) as name,
    standby.state is null as hidden,
    (here.written - '0/0'::pg_catalog.pg_lsn)::bigint as written,
    (standby.replay_lsn - '0/0'::pg_catalog.pg_lsn)::bigint as replayed,
    case
        when standby.replay_lsn < here.written then coalesce(extract(epoch from standby.replay_lag), 0)
        else 0
    end::double precision as said_s
from pg_catalog.pg_stat_replication as standby
cross join (
    select
        case
            when pg_catalog.pg_is_in_recovery() then pg_catalog.pg_last_wal_replay_lsn()
            else pg_catalog.pg_current_wal_lsn()
        end as written
) as here
order by standby.pid
