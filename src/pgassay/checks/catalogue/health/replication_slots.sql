-- title: Replication slots that hold WAL back
-- level: failed
-- parameter: warning_mb = 1024 (number) WAL kept for a slot from which it is DEGRADED, in MB
-- parameter: failed_mb = 10240 (number) WAL kept for a slot from which it is UNHEALTHY, in MB
-- help: Start its consumer again, or remove it: select pg_drop_replication_slot('{slot}');
--   max_slot_wal_keep_size limits what a slot may keep.
--
-- A slot that nobody reads keeps WAL until the disk is full, and (catalog_xmin) keeps vacuum from its work.
-- One that has lost WAL cannot be used again.

with slots as (
    select
        s.slot_name,
        s.slot_type,
        s.active,
        s.wal_status,
        case
            when not pg_is_in_recovery() then pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn)
            else pg_wal_lsn_diff(pg_last_wal_replay_lsn(), s.restart_lsn)
        end as kept
    from pg_catalog.pg_replication_slots as s
    where not s.temporary
)
select
    format('%I', slot_name) as object,
    format(
        '%s slot, %s, keeps %s of WAL%s',
        slot_type,
        case when active then 'in use' else 'nobody reads it' end,
        pg_size_pretty(coalesce(kept, 0)),
        case when wal_status in ('unreserved', 'lost') then format(' (%s)', wal_status) else '' end
    ) as detail,
    case
        when wal_status = 'lost' or kept >= 1048576 * :'failed_mb'::numeric then 'failed'
        when wal_status = 'unreserved' or not active or kept >= 1048576 * :'warning_mb'::numeric then 'warning'
        else 'passed'
    end as level,
    jsonb_build_object('slot', slot_name, 'kept_bytes', kept, 'active', active) as metadata
from slots
union all
select 'server', 'there are no replication slots', 'passed', null
where not exists (select from slots);

-- examples: none a slot that is made stays after a rollback
