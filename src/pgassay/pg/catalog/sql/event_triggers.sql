-- Event triggers.
select
    'event trigger' as kind,
    pg_catalog.quote_ident(trigger.evtname) as name,
    pg_catalog.concat_ws(
        E'\n',
        'owner: ' || pg_catalog.pg_get_userbyid(trigger.evtowner),
        'on: ' || trigger.evtevent,
        'tags: ' || pg_catalog.array_to_string(trigger.evttags, ', '),
        'calls: ' || trigger.evtfoid::pg_catalog.regprocedure::text,
        'enabled: ' || trigger.evtenabled::text,
        'comment: ' || pg_catalog.obj_description(trigger.oid, 'pg_event_trigger')
    ) as text
from pg_catalog.pg_event_trigger as trigger
where :'ignored'::text[] is not null
    and not exists (
        select
        from pg_catalog.pg_depend as part
        where part.classid = 'pg_catalog.pg_event_trigger'::pg_catalog.regclass
            and part.objid = trigger.oid
            and part.deptype = 'e'
    )
