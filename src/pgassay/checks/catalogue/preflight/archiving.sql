-- title: WAL is archived
-- level: warning
-- parameter: enough = on, always (names) the settings of archive_mode that are enough
-- help: Set archive_mode = on and an archive_command (or archive_library), and restart the server. Where the provider
--   keeps continuous backups in its own way, say so: [[checks.ignore]] with a reason.
--
-- Without an archive a backup brings back its own moment only, and what came after it is lost. Managed servers often
-- archive in their own way and show archive_mode = on; where they do not, this cannot see their backups. It does not see
-- whether archiving works either: that is for archiver_failures.

select
    'server' as object,
    format('archive_mode is %s', current_setting('archive_mode')) as detail,
    case when current_setting('archive_mode') = any (:'enough'::pg_catalog.text[]) then 'passed' end as level;

-- breaks: a mode that is not among those that are enough
-- with: enough = other

-- holds: any mode, where each is enough
-- with: enough = off, on, always
