-- The last value of each sequence that the role may read.
select
    sequence.oid::text,
    case
        when pg_catalog.has_sequence_privilege(sequence.oid, 'select, usage')
            then pg_catalog.pg_sequence_last_value(sequence.oid)::text
    end as last_value
from pg_catalog.pg_class as sequence
where sequence.relkind = 'S'
    and sequence.relpersistence <> 't'
