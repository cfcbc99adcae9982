-- title: A crash loses nothing that was committed
-- level: failed
-- help: alter system set {object} = {wanted}; select pg_reload_conf();
--
-- Each of these trades data for speed. `local` and `remote_write` of synchronous_commit are about standbys and
-- are left alone; `off` loses the last moments of a crash and is a warning.

with wanted (name, setting, level, detail) as (
    values
        ('fsync', 'on', 'failed', 'a crash of the machine may destroy the whole cluster'),
        ('full_page_writes', 'on', 'failed', 'a crash may leave half-written pages that nothing repairs'),
        ('zero_damaged_pages', 'off', 'failed', 'damaged pages are emptied without a word'),
        ('ignore_checksum_failure', 'off', 'failed', 'damaged pages are read as if they were sound'),
        ('synchronous_commit', 'on', 'warning', 'a crash loses the transactions of the last moments')
),
found as (
    select w.*, s.setting as is_now
    from wanted as w
    join pg_catalog.pg_settings as s on s.name = w.name
    where s.setting <> w.setting
        and (w.name <> 'synchronous_commit' or s.setting = 'off')
)
select
    f.name as object,
    format('%s: %s', f.is_now, f.detail) as detail,
    f.level,
    jsonb_build_object('wanted', f.setting) as metadata
from found as f
union all
select 'server', 'every setting that durability rests on is as it should be', 'passed', null
where not exists (select from found);

-- examples: none the servers that examples run on are thrown away, and run without fsync
