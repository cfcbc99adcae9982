-- Harm: numbers are missing for ever, of whatever sequence there is.
-- Rule: sequences

select nextval(format('%I.%I', schemaname, sequencename)::regclass) from pg_sequences;
