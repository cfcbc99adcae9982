-- title: Functions that everyone may call
-- level: info
-- since: 14
-- help: revoke execute on all functions in schema {object} from public; alter default privileges revoke
--   execute on functions from public; then grant what is meant to be called.
--
-- EXECUTE is granted to everyone unless it is revoked, so each function in a schema that an API exposes is an
-- end point. One row for each schema. Functions with their owner's rights are the matter of
-- definer_for_anonymous.

select
    quote_ident(p.nspname) as object,
    format(
        '%s of its functions: %s%s',
        count(*),
        string_agg(quote_ident(p.proname), ', ' order by p.proname) filter (where p.place <= 5),
        case when count(*) > 5 then ', ...' else '' end
    ) as detail
from (
    select
        n.nspname,
        proc.proname,
        row_number() over (partition by n.oid order by proc.proname) as place
    from pg_catalog.pg_proc as proc
    join pg_catalog.pg_namespace as n on n.oid = proc.pronamespace
    where n.nspname = any (:'api_schemas'::name[])
        and n.nspname <> all (:'ignored_schemas'::name[])
        and not proc.prosecdef
        and proc.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
        and has_function_privilege('public', proc.oid, 'execute')
        and not exists (
            select
            from pg_catalog.pg_depend as d
            where d.classid = 'pg_catalog.pg_proc'::regclass
                and d.objid = proc.oid
                and d.deptype = 'e'
        )
) as p
group by p.nspname;

-- breaks: EXECUTE as it is granted by default
create schema shop;
grant usage on schema shop to public;
create function shop.now() returns timestamptz language sql return current_timestamp;

-- holds: revoked, or a trigger
create schema shop;
grant usage on schema shop to public;
create function shop.now() returns timestamptz language sql return current_timestamp;
revoke execute on function shop.now() from public;
create function shop.stamp() returns trigger language plpgsql as 'begin return new; end';
