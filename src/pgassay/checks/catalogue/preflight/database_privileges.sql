-- title: Privileges on the database
-- level: failed
-- help: grant {privilege} on database {object} to {role};
--
-- Without TEMPORARY no pgTAP test can run, since its plan is a temporary table. Without CREATE, pgTAP and the store
-- must be installed by another role, or the store kept elsewhere; tests of what is there run all the same.

select
    format('%I', current_database()) as object,
    case
        when asked.held then format('%I has %s', current_user, upper(asked.privilege))
        else format('%I lacks %s: %s', current_user, upper(asked.privilege), asked.loss)
    end as detail,
    case when asked.held then 'passed' else asked.level end as level,
    jsonb_build_object('privilege', asked.privilege, 'role', format('%I', current_user)) as metadata
from (
    values
        ('temporary', 'failed', 'pgTAP cannot plan a test', has_database_privilege(current_database(), 'temporary')),
        (
            'create',
            'warning',
            'it can install neither pgTAP nor the store',
            has_database_privilege(current_database(), 'create')
        )
) as asked (privilege, level, loss, held);

-- breaks: a role without TEMPORARY
do $$ begin execute pg_catalog.format('revoke temporary on database %I from public', current_database()); end $$;
create role plain_role;
set local role plain_role;

-- breaks: a role that may make temporary tables, but no schemas
-- expect: warning
create role plain_role;
set local role plain_role;

-- holds: the owner of the database
