-- title: Extensions that are needed
-- level: failed
-- parameter: required =  (names) extensions that must be there
-- parameter: useful = pg_stat_statements (names) extensions without which pgassay sees less
-- help: create extension {object};
--
-- What an application cannot do without is for the project to say. pg_stat_statements is what the mean time of queries
-- comes from. Whether a newer version is at hand is for extension_outdated.

select
    format('%I', asked.name) as object,
    case
        when e.extname is not null then format('is there, version %s', e.extversion)
        when a.name is not null then 'is not created; the server has it'
        else 'is not created, and the server does not have its files'
    end as detail,
    case
        when e.extname is not null then 'passed'
        when asked.name = any (:'required'::pg_catalog.name[]) then 'failed'
        else 'info'
    end as level,
    case
        when e.extname is null and a.name is null
            then format('Install its package on the server, then: create extension %I;', asked.name)
    end as remediation
from (
    select distinct named.name
    from unnest(:'required'::pg_catalog.name[] || :'useful'::pg_catalog.name[]) as named (name)
) as asked
left join pg_catalog.pg_extension as e on e.extname = asked.name
left join pg_catalog.pg_available_extensions as a on a.name = asked.name
order by asked.name;

-- breaks: one that is required and not there
-- with: required = no_such_extension

-- breaks: one that is required and not created
-- with: required = pg_trgm

-- holds: one that is required and there
-- with: required = plpgsql

-- holds: one that is useful only
-- with: useful = pg_trgm
