-- What was applied; an older history lacks some of the columns, so a row is read as a document.
select
    history.version,
    coalesce(entry.document ->> 'name', '') as name,
    case
        when pg_catalog.jsonb_typeof(entry.document -> 'statements') = 'array' then array(
            select pg_catalog.jsonb_array_elements_text(entry.document -> 'statements')
        )
    end as statements,
    null::text as sha256,
    null::timestamptz as applied_at,
    null::text as adopted
from supabase_migrations.schema_migrations as history
cross join lateral (select pg_catalog.to_jsonb(history)) as entry (document)
order by history.version
