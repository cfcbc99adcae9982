-- Indexes that no constraint brought along.
select pg_get_indexdef(indexrelid) || ';'
from pg_index
join pg_class as class on class.oid = indexrelid
where relnamespace::regnamespace::text = any(:'schemas'::text[])
    and not exists (select from pg_constraint where conindid = indexrelid)
order by relnamespace::regnamespace::text collate "C" desc,
    indexrelid::regclass::text collate "C"
