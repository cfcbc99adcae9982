-- What was applied.
select version, name, statements, sha256, applied_at
from pgassay_migrations.history
order by applied_at, version
