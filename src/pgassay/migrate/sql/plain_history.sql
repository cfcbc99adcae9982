-- What was applied. An older history has no place to note adoptions, so a row is read as a document for it.
select
    version,
    name,
    statements,
    sha256,
    applied_at,
    pg_catalog.to_jsonb(history) ->> 'adopted' as adopted
from pgassay_migrations.history
order by applied_at, version
