-- What a server shows of its archive of WAL, and how far the archive is behind, in seconds.
select
    pg_catalog.current_setting('wal_level') as wal_level,
    pg_catalog.current_setting('archive_mode') as archive_mode,
    pg_catalog.current_setting('archive_timeout') as archive_timeout,
    archiver.archived_count,
    archiver.failed_count,
    archiver.last_archived_time,
    archiver.last_failed_time,
    pg_catalog.date_part('epoch', pg_catalog.now() - archiver.last_archived_time) as lag_s
from pg_catalog.pg_stat_archiver as archiver
