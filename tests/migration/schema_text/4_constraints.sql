-- Keys and checks; foreign keys last, when what they refer to is there. A NOT NULL is part of its column,
-- although PostgreSQL 18 lists it here too.
select format('alter table %s add constraint %I %s;', conrelid::regclass, conname, pg_get_constraintdef(oid))
from pg_constraint
where contype in ('p', 'u', 'c', 'f', 'x') and connamespace::regnamespace::text = any(:'schemas'::text[]) and conrelid <> 0
order by contype = 'f',
    connamespace::regnamespace::text collate "C" desc,
    conrelid::regclass::text collate "C",
    conname collate "C"
