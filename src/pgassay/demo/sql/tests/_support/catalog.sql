-- The schemas crm and private as text: a row for each thing that a migration can make, with all that
-- defines it. Two equal lists mean two equal schemas. Include it inside the test's transaction.
--
--   pg_temp.catalog()        kind, name, definition
--   pg_temp.remember(label)  keep the list under a label
--   pg_temp.changed(a, b)    what differs between two remembered lists
--   pg_temp.rows_kept()      each table of crm and how many rows it has

create function pg_temp.catalog() returns table (kind text, name text, definition text)
    language sql stable
as $$
    with ours as (
        select oid, nspname, nspowner, nspacl from pg_namespace where nspname in ('crm', 'private')
    ),
    relations as (
        select c.*, format('%I.%I', nspname, relname) as name
        from pg_class as c
        join ours on ours.oid = c.relnamespace
    )
    select 'schema', nspname::text, concat_ws(' ', nspowner::regrole, nspacl) from ours
    union all
    select
        'relation',
        name,
        concat_ws(' ', relkind, relrowsecurity, relforcerowsecurity, reloptions, relowner::regrole, relacl)
    from relations
    where relkind <> 'i'
    union all
    select
        'column',
        format('%s.%I', r.name, attname),
        concat_ws(
            ' ', row_number() over (partition by attrelid order by attnum), format_type(atttypid, atttypmod),
            attnotnull, attidentity, attgenerated, attacl, pg_get_expr(adbin, adrelid)
        )
    from relations as r
    join pg_attribute on attrelid = r.oid and attnum > 0 and not attisdropped
    left join pg_attrdef on adrelid = r.oid and adnum = attnum
    where relkind in ('r', 'v')
    union all
    select 'constraint', format('%s.%I', r.name, conname), pg_get_constraintdef(c.oid)
    from relations as r
    join pg_constraint as c on c.conrelid = r.oid
    where contype <> 'n'
    union all
    select 'index', r.name, pg_get_indexdef(r.oid) from relations as r where relkind = 'i'
    union all
    select 'view', r.name, pg_get_viewdef(r.oid) from relations as r where relkind = 'v'
    union all
    select 'trigger', format('%s.%I', r.name, tgname), concat_ws(' ', tgenabled, pg_get_triggerdef(t.oid))
    from relations as r
    join pg_trigger as t on t.tgrelid = r.oid
    where not tgisinternal
    union all
    select
        'policy',
        format('%s.%I', r.name, polname),
        concat_ws(
            ' ', polpermissive, polcmd, polroles::regrole[], pg_get_expr(polqual, polrelid), 'check',
            pg_get_expr(polwithcheck, polrelid)
        )
    from relations as r
    join pg_policy on polrelid = r.oid
    union all
    select
        'routine',
        p.oid::regprocedure::text,
        concat_ws(' ', proowner::regrole, proacl, pg_get_functiondef(p.oid))
    from pg_proc as p
    join ours on ours.oid = p.pronamespace
    union all
    select
        'type',
        format('%I.%I', nspname, typname),
        concat_ws(
            ' ', typtype, format_type(typbasetype, typtypmod), typnotnull, typdefault, typacl,
            (select array_agg(enumlabel order by enumsortorder) from pg_enum where enumtypid = t.oid),
            (select array_agg(pg_get_constraintdef(oid) order by conname) from pg_constraint where contypid = t.oid)
        )
    from pg_type as t
    join ours on ours.oid = t.typnamespace
    where typtype in ('e', 'd')
$$;

create temp table remembered (label text, kind text, name text, definition text);

create function pg_temp.remember(label text) returns void
    language sql
as $$
    insert into pg_temp.remembered
    select label, kind, name, definition
    from pg_temp.catalog()
$$;

create function pg_temp.changed(before text, after text)
    returns table (kind text, name text, definition text)
    language sql stable
as $$
    (
        select kind, name, definition from pg_temp.remembered where label = before
        except
        select kind, name, definition from pg_temp.remembered where label = after
    )
    union all
    (
        select kind, name, definition from pg_temp.remembered where label = after
        except
        select kind, name, definition from pg_temp.remembered where label = before
    )
$$;

create function pg_temp.rows_kept() returns table (name text, kept bigint)
    language plpgsql
as $$
begin
    for name in
        select format('%I.%I', schemaname, tablename)
        from pg_tables
        where schemaname = 'crm'
        order by 1
    loop
        execute 'select count(*) from ' || name into kept;
        return next;
    end loop;
end
$$;
