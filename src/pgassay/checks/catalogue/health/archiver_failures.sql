-- title: Archiving of WAL
-- level: failed
-- parameter: failed_minutes = 10 (number) time without a success after a failure from which it is UNHEALTHY
-- help: See the server's log for what archive_command or archive_library said about {wal}; WAL piles up until
--   it succeeds, and no backup can be rolled forward past it.
--
-- Only a failure that is younger than the last success counts: failures that were overcome are no alarm.

with archiver as (
    select
        current_setting('archive_mode') <> 'off' as wanted,
        a.archived_count,
        a.failed_count,
        a.last_archived_time,
        a.last_failed_time,
        a.last_failed_wal,
        coalesce(a.last_failed_time > a.last_archived_time, a.last_failed_time is not null) as failing,
        clock_timestamp() - coalesce(a.last_archived_time, a.stats_reset) as since_success
    from pg_catalog.pg_stat_archiver as a
)
select
    'server' as object,
    case
        when not wanted then 'archive_mode is off: there is no archive to recover from'
        when failing then format(
            'the last attempt failed, at %s; %s attempts failed, the last success was %s',
            to_char(last_failed_time at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
            failed_count,
            coalesce(to_char(last_archived_time at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), 'never')
        )
        else format(
            '%s files archived, the last %s%s',
            archived_count,
            coalesce(to_char(last_archived_time at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), 'not yet'),
            case when failed_count > 0 then format('; %s failures were overcome', failed_count) else '' end
        )
    end as detail,
    case
        when not wanted then 'info'
        when failing and since_success >= make_interval(mins => 1) * :'failed_minutes'::float8 then 'failed'
        when failing then 'warning'
        else 'passed'
    end as level,
    case
        when not wanted then 'alter system set archive_mode = on; and set archive_command; then restart the server'
    end as remediation,
    jsonb_build_object('wal', last_failed_wal, 'failed', failed_count, 'archived', archived_count) as metadata
from archiver;

-- examples: none the archiver is a process of its own, and archive_mode needs a restart
