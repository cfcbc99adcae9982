-- title: Password in the options of a foreign server or table
-- level: failed
-- since: 14
-- help: alter server … options (drop {option}); and give it to the user mapping, which others cannot read.
--
-- Options of servers, wrappers and foreign tables can be read by everyone; only those of user mappings are
-- hidden.

select
    found.object,
    format('its option %s is readable by every role', found.option) as detail,
    jsonb_build_object('option', found.option) as metadata
from (
    select quote_ident(s.srvname) as object, option.option_name as option
    from pg_catalog.pg_foreign_server as s
    cross join lateral pg_options_to_table(s.srvoptions) as option
    union all
    select quote_ident(w.fdwname), option.option_name
    from pg_catalog.pg_foreign_data_wrapper as w
    cross join lateral pg_options_to_table(w.fdwoptions) as option
    union all
    select format('%I.%I', n.nspname, c.relname), option.option_name
    from pg_catalog.pg_foreign_table as f
    join pg_catalog.pg_class as c on c.oid = f.ftrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    cross join lateral pg_options_to_table(f.ftoptions) as option
) as found
where found.option ~* '(password|passwd|secret|private_?key|api_?key|access_?key|token)'
    -- The name of a secret in a vault is none.
    and found.option !~* '_(id|name)$';

-- breaks: with the server
create foreign data wrapper pigeon;
create server loft foreign data wrapper pigeon options (host 'loft', password 'example');

-- holds: with the account
create foreign data wrapper pigeon;
create server loft foreign data wrapper pigeon options (host 'loft', api_key_id 'example');
create user mapping for current_user server loft options (password 'example');
