-- Triggers, without those of foreign keys.
select pg_get_triggerdef(trigger.oid) || ';'
from pg_trigger as trigger
join pg_class as class on class.oid = tgrelid
where not tgisinternal and relnamespace::regnamespace::text = any(:'schemas'::text[])
order by tgrelid::regclass::text collate "C",
    tgname collate "C"
