-- title: WAL level allows archiving and standbys
-- level: warning
-- parameter: enough = replica, logical (names) the settings of wal_level that are enough
-- help: alter system set wal_level = 'replica'; and restart the server: point-in-time recovery needs it.
--
-- With wal_level = minimal, neither archiving nor replication can bring the last changes back.
-- It does not see whether anything is archived: that is for archiving.

select
    'server' as object,
    format('wal_level is %s', current_setting('wal_level')) as detail,
    case when current_setting('wal_level') = any (:'enough'::pg_catalog.text[]) then 'passed' end as level;

-- breaks: a level that is not among those that are enough
-- with: enough = logical_only

-- holds: any level, where each is enough
-- with: enough = minimal, replica, logical
