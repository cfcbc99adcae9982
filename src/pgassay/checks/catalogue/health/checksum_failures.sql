-- title: Pages with a wrong checksum
-- level: failed
-- parameter: recent_days = 30 (number) older failures are a warning, in days
-- help: Something damages the data of {object}: stop, take a copy of the data directory, test disk and memory, and
--   restore what is damaged from a backup (pg_amcheck finds it). After that: select pg_stat_reset() in {object}.
--
-- Counted when a page is read, so pages that nobody reads are not looked at; pg_checksums or a base backup reads all.

select
    format('%I', coalesce(s.datname, 'shared catalogs')) as object,
    format(
        'failures: %s, the last at %s',
        s.checksum_failures,
        to_char(s.checksum_last_failure at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')
    ) as detail,
    case
        when s.checksum_last_failure >= clock_timestamp() - make_interval(days => 1) * :'recent_days'::float8 then 'failed'
        else 'warning'
    end as level,
    null as remediation,
    jsonb_build_object('failures', s.checksum_failures) as metadata
from pg_catalog.pg_stat_database as s
where s.checksum_failures > 0
union all
select
    'server',
    case current_setting('data_checksums')
        when 'on' then 'checksums are on'
        else 'checksums are off: damage on disk goes unnoticed'
    end,
    case current_setting('data_checksums') when 'on' then 'passed' else 'info' end,
    'Stop the server, and: pg_checksums --enable',
    null;

-- examples: none a page must be damaged on disk
