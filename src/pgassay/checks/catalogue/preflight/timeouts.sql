-- title: Time limits of sessions
-- level: warning
-- parameter: shortest_s = 60 (number) seconds that a test must be given at least
-- help: alter role {role} set {setting} = '…';
--
-- pgassay sets its own limits for everything that it sends. A limit of the role or the database that is shorter than a
-- test takes ends that test; and where sessions may idle in a transaction for ever, one forgotten psql holds its locks
-- and keeps vacuum back until somebody sees it.

with time_limit as (
    -- What holds for new sessions: pgassay has set its own statement_timeout and lock_timeout in this one.
    select
        s.name,
        case
            when s.name in ('statement_timeout', 'lock_timeout') then s.reset_val
            else s.setting
        end::pg_catalog.int8 as ms
    from pg_catalog.pg_settings as s
    where s.name in (
        'idle_in_transaction_session_timeout',
        'idle_session_timeout',
        'lock_timeout',
        'statement_timeout',
        'transaction_timeout'
    )
),

judged as (
    select
        l.name,
        l.ms,
        l.ms = 0 and l.name = 'idle_in_transaction_session_timeout' as is_endless,
        l.ms > 0 and l.ms < 1000 * :'shortest_s'::pg_catalog.numeric and l.name <> 'lock_timeout' as is_short
    from time_limit as l
)

select
    j.name as object,
    case
        when j.is_endless then 'is off: a session that is forgotten in a transaction stays there'
        when j.is_short then format('is %s ms, which may end a test', j.ms)
        when j.ms = 0 then 'is off'
        else format('is %s ms', j.ms)
    end as detail,
    case when not j.is_endless and not j.is_short then 'passed' end as level,
    jsonb_build_object('role', format('%I', current_user), 'setting', j.name) as metadata
from judged as j
order by j.name;

-- breaks: sessions that may idle in a transaction for ever
set local idle_in_transaction_session_timeout = 0;

-- breaks: a limit that ends tests
set local idle_in_transaction_session_timeout = '5s';

-- holds: limits that leave tests their time
set local idle_in_transaction_session_timeout = '10min';
