-- title: The objects that a test can touch, and what else has to be known of them
--
-- Not those of the system, of extensions, of pgTAP and of pgassay itself. ``home`` is the table of a policy or a
-- trigger. The other columns say, of a table: row security, whether it holds for the owner too, and the owner; of
-- a policy: the command and the roles (0 is everyone); of a trigger: the function, its events, whether it fires;
-- of a function: its text, if that is about roles.

with space as (
    select home.oid, home.nspname
    from pg_catalog.pg_namespace as home
    where home.nspname !~ '^pg_'
        and home.nspname <> 'information_schema'
        and home.nspname <> all (:'ignored'::text[])
        and coalesce(pg_catalog.obj_description(home.oid, 'pg_namespace') !~ '^pgTAP .* put here by pgassay$', true)
        and not exists (
            select
            from pg_catalog.pg_depend as membership
            where membership.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
                and membership.objid = home.oid
                and membership.deptype = 'e'
        )
),
-- Where pgTAP lies loose among other functions, those are not told from them.
blurred as (
    select distinct routine.pronamespace as oid
    from pg_catalog.pg_proc as routine
    where routine.proname = 'pgtap_version'
        and not exists (
            select
            from pg_catalog.pg_depend as link
            where link.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                and link.objid = routine.oid
                and link.deptype = 'e'
        )
),
member as (
    select link.classid, link.objid
    from pg_catalog.pg_depend as link
    where link.deptype = 'e'
),
relation as (
    select
        class.oid,
        class.relkind,
        class.relrowsecurity,
        class.relforcerowsecurity,
        class.relowner,
        pg_catalog.format('%I.%I', space.nspname, class.relname) as name
    from pg_catalog.pg_class as class
    join space on space.oid = class.relnamespace
    where class.relkind in ('r', 'p', 'v', 'm', 'f')
        and not exists (
            select
            from member
            where member.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                and member.objid = class.oid
        )
)
select
    case when relation.relkind in ('v', 'm') then 'view' else 'table' end as kind,
    relation.oid::bigint,
    relation.name,
    (
        select link.inhparent
        from pg_catalog.pg_inherits as link
        where link.inhrelid = relation.oid
        limit 1
    )::bigint as home,
    relation.relrowsecurity as flag,
    relation.relforcerowsecurity as other_flag,
    array[relation.relowner::bigint] as numbers,
    relation.relkind::text as text
from relation
union all
select
    'policy',
    policy.oid::bigint,
    pg_catalog.format('%s.%I', relation.name, policy.polname),
    relation.oid::bigint,
    null,
    null,
    policy.polroles::bigint[],
    policy.polcmd::text
from pg_catalog.pg_policy as policy
join relation on relation.oid = policy.polrelid
union all
select
    'trigger',
    trigger.oid::bigint,
    pg_catalog.format('%s.%I', relation.name, trigger.tgname),
    relation.oid::bigint,
    trigger.tgenabled in ('O', 'A'),
    trigger.tgqual is not null or trigger.tgattr::text <> '',
    array[trigger.tgfoid::bigint, trigger.tgtype::bigint],
    null
from pg_catalog.pg_trigger as trigger
join relation on relation.oid = trigger.tgrelid
where not trigger.tgisinternal
union all
select
    'function',
    routine.oid::bigint,
    pg_catalog.format(
        '%I.%I(%s)', space.nspname, routine.proname, pg_catalog.pg_get_function_identity_arguments(routine.oid)
    ),
    null,
    null,
    null,
    '{}',
    case when routine.prosrc ~* '\m(role|session_authorization|authorization)\M' then routine.prosrc end
from pg_catalog.pg_proc as routine
join space on space.oid = routine.pronamespace
where routine.prokind in ('f', 'p', 'w')
    and space.oid not in (select oid from blurred)
    and not exists (
        select
        from member
        where member.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
            and member.objid = routine.oid
    )
