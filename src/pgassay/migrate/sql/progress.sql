-- What is under way.
select version, operation, sha256, parts, noted_at
from pgassay_migrations.progress
order by noted_at
