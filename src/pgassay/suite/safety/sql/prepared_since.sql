-- The commands that remove the statements prepared by PREPARE since a moment.
select pg_catalog.format('deallocate %I', prepared.name) as command
from pg_catalog.pg_prepared_statements as prepared
where prepared.from_sql
    and prepared.prepare_time >= :'began'::text::timestamptz
