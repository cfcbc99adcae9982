-- title: Autovacuum is on
-- level: failed
-- help: alter system set {object} = on; select pg_reload_conf();
--
-- Without autovacuum, or without the counting that it lives on, tables bloat, statistics age, and in the end the
-- server stops because transaction ids run out.

select
    s.name as object,
    case s.setting when 'on' then 'on' else 'off: nothing is vacuumed or analyzed by itself' end as detail,
    case s.setting when 'on' then 'passed' else 'failed' end as level
from pg_catalog.pg_settings as s
where s.name in ('autovacuum', 'track_counts');

-- examples: none the servers that examples run on are thrown away, and run without autovacuum
