-- title: Secret in a setting that everyone can read
-- level: warning
-- since: 14
-- parameter: pattern = (secret|password|passwd|private_?key|api_?key|access_?key|token|credential) (text)
--   regular expression for the names of such settings
-- help: alter {place} reset {setting}; and keep the secret in a vault or outside of the database.
--
-- Settings of databases and roles are visible to all in pg_db_role_setting, and in every session by
-- current_setting().

select
    found.setting as object,
    format('is set for %s, and every role can read it', found.place) as detail,
    jsonb_build_object('place', found.place, 'setting', found.setting) as metadata
from (
    select
        split_part(entry, '=', 1) as setting,
        substr(entry, strpos(entry, '=') + 1) as value,
        concat_ws(
            ' in ',
            case when s.setrole <> 0 then format('role %I', pg_get_userbyid(s.setrole)) end,
            case when s.setdatabase <> 0 then format('database %I', d.datname) end
        ) as place
    from pg_catalog.pg_db_role_setting as s
    left join pg_catalog.pg_database as d on d.oid = s.setdatabase
    cross join lateral unnest(s.setconfig) as entry
    where s.setdatabase = 0
        or d.datname = current_database()
) as found
where found.setting ~* :'pattern'
    and found.setting ~ '\.'
    and found.value !~ '^(|on|off|true|false|[0-9]+)$';

-- breaks: the key that signs tokens
do $$ begin execute format('alter database %I set app.jwt_secret = %L', current_database(), 'example'); end $$;

-- holds: settings that are none
do $$ begin execute format('alter database %I set app.greeting = %L', current_database(), 'hello'); end $$;
create role clerk;
alter role clerk set password_encryption = 'scram-sha-256';
alter role clerk set app.token_minutes = '15';
