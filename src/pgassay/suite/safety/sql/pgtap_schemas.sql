-- The schemas into which pgassay put pgTAP as plain objects, as their comment says, if their owner may be
-- trusted with that: all in them belongs to him.
select space.nspname
from pg_catalog.pg_namespace as space
where pg_catalog.obj_description(space.oid, 'pg_namespace') like 'pgTAP % put here by pgassay'
    and not exists (
        select
        from pg_catalog.pg_proc as routine
        where routine.pronamespace = space.oid
            and routine.proowner <> space.nspowner
    )
