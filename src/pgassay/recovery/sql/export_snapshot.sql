-- The snapshot that everything of a backup is read in, when that was, and where the WAL was.
select
    pg_catalog.pg_export_snapshot() as snapshot,
    pg_catalog.statement_timestamp() as taken_at,
    case
        when pg_catalog.pg_is_in_recovery() then pg_catalog.pg_last_wal_replay_lsn()
        else pg_catalog.pg_current_wal_lsn()
    end::text as lsn
