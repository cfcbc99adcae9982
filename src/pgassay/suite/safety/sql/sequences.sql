-- The last value of each sequence that the role may read; null where nobody has taken one yet.
select
    sequence.oid::text,
    pg_catalog.pg_sequence_last_value(sequence.oid)::text as last_value
from pg_catalog.pg_class as sequence
-- CASE, since conditions are tried in any order, and what is no sequence must not be asked about as one.
where case
    when sequence.relkind = 'S' and sequence.relpersistence <> 't'
        then pg_catalog.has_sequence_privilege(sequence.oid, 'select, usage')
    else false
end
