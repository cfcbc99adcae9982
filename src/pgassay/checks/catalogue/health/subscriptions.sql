-- title: Subscriptions that do not follow
-- level: failed
-- help: See the server's log for what it stumbled over; then: alter subscription {object} enable;
--
-- One that was switched off, by hand or (disable_on_error) by itself; one without a worker; tables that are
-- still being copied are a warning.

select
    format('%I', s.subname) as object,
    case
        when not s.subenabled then 'switched off'
        when not exists (
            select from pg_catalog.pg_stat_subscription as w where w.subid = s.oid and w.pid is not null
        ) then 'switched on, but no worker runs'
        else format(
            'tables that are not yet copied: %s',
            (select count(*) from pg_catalog.pg_subscription_rel as r where r.srsubid = s.oid and r.srsubstate not in ('r', 's'))
        )
    end as detail,
    case
        when not s.subenabled then 'failed'
        when not exists (
            select from pg_catalog.pg_stat_subscription as w where w.subid = s.oid and w.pid is not null
        ) then 'failed'
        when exists (
            select from pg_catalog.pg_subscription_rel as r where r.srsubid = s.oid and r.srsubstate not in ('r', 's')
        ) then 'warning'
        else 'passed'
    end as level
from pg_catalog.pg_subscription as s
where s.subdbid = (select d.oid from pg_catalog.pg_database as d where d.datname = current_database());

-- breaks: switched off
create subscription follower connection 'host=nowhere.invalid' publication it
    with (connect = false, enabled = false, create_slot = false, slot_name = none);

-- holds: none at all
