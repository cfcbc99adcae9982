-- title: The database can be written
-- level: failed
-- help: Connect to the primary, or take default_transaction_read_only back from the role or the database.
--
-- pgTAP cannot start on a standby or in a read-only transaction, because its plan is a temporary table. Checks can be
-- asked there all the same.

select
    format('%I', current_database()) as object,
    case
        when pg_is_in_recovery() then 'is a standby, which only reads'
        when current_setting('default_transaction_read_only') = 'on' then 'transactions only read by default'
        else 'is a primary and can be written'
    end as detail,
    case
        when not pg_is_in_recovery() and current_setting('default_transaction_read_only') = 'off' then 'passed'
    end as level;

-- breaks: transactions that only read by default
set local default_transaction_read_only = on;

-- holds: a primary
