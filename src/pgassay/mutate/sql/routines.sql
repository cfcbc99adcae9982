-- title: The functions whose bodies can be read, with the text that makes each again
--
-- Those of extensions are left out here already: pgTAP alone has a thousand.
--
-- ``body`` is a part of ``definition``: the text between its quotes, or what the server makes of an SQL
-- body. ``before_row``: some trigger calls it before a row is written, so that what it returns matters.

select
    'pg_catalog.pg_proc'::pg_catalog.regclass as class,
    routine.oid,
    routine.oid::pg_catalog.regprocedure::text as object,
    routine.proname as name,
    language.lanname as language,
    pg_catalog.format_type(routine.prorettype, null) as returns,
    routine.proretset as many,
    pg_catalog.pg_get_functiondef(routine.oid) as definition,
    coalesce(pg_catalog.pg_get_function_sqlbody(routine.oid), routine.prosrc) as body,
    exists (
        select
        from pg_catalog.pg_trigger as trigger
        where trigger.tgfoid = routine.oid
            and trigger.tgtype & 1 = 1
            and (trigger.tgtype & 2 = 2 or trigger.tgtype & 64 = 64)
    ) as before_row,
    array(
        select trigger.tgrelid
        from pg_catalog.pg_trigger as trigger
        where trigger.tgfoid = routine.oid
        union
        select policy.polrelid
        from pg_catalog.pg_depend as used
        join pg_catalog.pg_policy as policy
            on policy.oid = used.objid
        where used.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass
            and used.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
            and used.refobjid = routine.oid
    ) as relations
from pg_catalog.pg_proc as routine
join pg_catalog.pg_namespace as home
    on home.oid = routine.pronamespace
join pg_catalog.pg_language as language
    on language.oid = routine.prolang
where home.nspname = any (:'schemas'::name[])
    and routine.prokind in ('f', 'p')
    and language.lanname in ('sql', 'plpgsql')
    and not exists (
        select
        from pg_catalog.pg_depend as membership
        where membership.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
            and membership.objid = routine.oid
            and membership.deptype = 'e'
    )
order by object;
