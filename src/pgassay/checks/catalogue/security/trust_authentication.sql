-- title: Connections let in without a password
-- level: failed
-- since: 14
-- needs: superuser
-- help: In pg_hba.conf, replace trust on line {line} by scram-sha-256, then: select pg_reload_conf();
--
-- Failed for connections from other machines, a warning for those from this one. Lines that nobody reaches
-- are left out: host lines while the server listens nowhere, local ones while the socket is its owner's
-- alone. A password sent in clear over an unencrypted connection is a warning, too.

select
    concat_ws(
        ' ',
        rule.type,
        array_to_string(rule.database, ','),
        array_to_string(rule.user_name, ','),
        rule.address
    ) as object,
    case rule.auth_method
        when 'trust' then 'lets everyone in without a password'
        else 'has passwords sent in clear, perhaps unencrypted'
    end || format(' (line %s of pg_hba.conf)', rule.line_number) as detail,
    case
        when rule.auth_method = 'trust'
            and rule.type <> 'local'
            and coalesce(rule.address, '') not in ('127.0.0.1', '::1', 'localhost', 'samehost')
        then 'failed'
        else 'warning'
    end as level,
    jsonb_build_object('line', rule.line_number) as metadata
from pg_catalog.pg_hba_file_rules as rule
where rule.error is null
    and (
        rule.auth_method = 'trust'
        or (rule.auth_method = 'password' and rule.type in ('host', 'hostnossl'))
    )
    and case rule.type
        when 'local' then current_setting('unix_socket_permissions') not in ('0700', '0600')
        else current_setting('listen_addresses') <> ''
    end;

-- examples: none pg_hba.conf is read when the server starts or reloads, not in a transaction
