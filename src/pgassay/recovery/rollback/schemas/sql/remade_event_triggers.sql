-- Event triggers: they would fire for each statement of the work itself, so they are disabled first.
select
    part.oid as number,
    array[
        pg_catalog.format('drop event trigger %I', part.evtname),
        pg_catalog.format('create event trigger %I on %I', part.evtname, part.evtevent)
        || coalesce(
            ' when tag in (' || (
                select pg_catalog.string_agg(pg_catalog.quote_literal(tag.name), ', ')
                from pg_catalog.unnest(part.evttags) as tag (name)
            ) || ')',
            ''
        )
        || pg_catalog.format(' execute function %s()', part.evtfoid::pg_catalog.regproc)
    ]
    || array(
        select step.statement
        from (
            values
                (
                    note.text is not null,
                    pg_catalog.format('comment on event trigger %I is %L', part.evtname, note.text)
                ),
                (
                    pg_catalog.pg_get_userbyid(part.evtowner) <> current_user,
                    pg_catalog.format('alter event trigger %I owner to %I', part.evtname, pg_catalog.pg_get_userbyid(part.evtowner))
                ),
                (
                    part.evtenabled <> 'O',
                    pg_catalog.format(
                        'alter event trigger %I %s',
                        part.evtname,
                        case part.evtenabled when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end
                    )
                )
        ) as step (wanted, statement)
        where step.wanted
    ) as statements,
    (select role.rolsuper from pg_catalog.pg_roles as role where role.rolname = current_user) as may,
    null::text[] as unvalidated,
    array[pg_catalog.format('alter event trigger %I disable', part.evtname)] as first,
    array['select']::text[] as locking
from pg_catalog.pg_event_trigger as part
cross join lateral (select pg_catalog.obj_description(part.oid, 'pg_event_trigger') as text) as note
where part.oid = any (:'objects'::oid[])
