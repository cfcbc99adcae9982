-- Functions stand before the tables: their bodies are only looked at when they run.
select pg_get_functiondef(oid) || ';'
from pg_proc
where pronamespace::regnamespace::text = any(:'schemas'::text[])
order by pronamespace::regnamespace::text collate "C" desc,
    proname collate "C",
    oidvectortypes(proargtypes) collate "C"
