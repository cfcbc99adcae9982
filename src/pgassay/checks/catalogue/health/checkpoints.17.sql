-- title: Checkpoints that come too early
-- level: warning
-- since: 17
-- parameter: warning_percent = 50 (number) share of requested checkpoints from which it is DEGRADED
-- parameter: least_checkpoints = 20 (number) fewer checkpoints than this are not judged
-- help: Raise max_wal_size (it is {max_wal_size}), so that checkpoints come when checkpoint_timeout says.
--
-- A checkpoint is requested when max_wal_size is nearly used up (or by a backup, or by hand). Each writes all
-- that changed, and makes the next change of each page cost a whole page of WAL.

select
    'server' as object,
    format(
        '%s of %s checkpoints were requested, not timed%s',
        c.num_requested,
        c.num_timed + c.num_requested,
        case when c.num_timed + c.num_requested < :'least_checkpoints'::numeric then ', too few to judge' else '' end
    ) as detail,
    case
        when c.num_timed + c.num_requested >= :'least_checkpoints'::numeric
            and 100.0 * c.num_requested >= :'warning_percent'::numeric * (c.num_timed + c.num_requested)
            then 'warning'
        else 'passed'
    end as level,
    jsonb_build_object(
        'requested', c.num_requested, 'timed', c.num_timed, 'max_wal_size', current_setting('max_wal_size')
    ) as metadata
from pg_catalog.pg_stat_checkpointer as c;

-- breaks: any is too many
-- with: warning_percent = 0
-- with: least_checkpoints = 0

-- holds: never enough to judge
-- with: least_checkpoints = 1000000000
