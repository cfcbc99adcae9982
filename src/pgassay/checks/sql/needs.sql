-- Which of the things that checks need are there, in the order in which they are asked for.
-- available: an extension that is missing could be created.

select
    need.kind,
    need.name,
    case need.kind
        when 'extension' then exists (select from pg_catalog.pg_extension as e where e.extname = need.name)
        when 'privilege' then exists (
            select from pg_catalog.pg_roles as r
            where r.rolname = need.name and pg_catalog.pg_has_role(r.oid, 'usage')
        )
        when 'schema' then exists (select from pg_catalog.pg_namespace as n where n.nspname = need.name)
        when 'setting' then coalesce(pg_catalog.current_setting(need.name, true), '') not in ('', 'off', 'none')
        else (select r.rolsuper from pg_catalog.pg_roles as r where r.rolname = current_user)
    end as met,
    need.kind = 'extension'
    and exists (select from pg_catalog.pg_available_extensions as a where a.name = need.name) as available
from
    rows from (
        pg_catalog.unnest(:'kinds'::pg_catalog.text[]), pg_catalog.unnest(:'names'::pg_catalog.text[])
    ) with ordinality as need (kind, name, place)
order by need.place;
