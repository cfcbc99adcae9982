    select
        a.category,
        a.name,
        case a.level
            when 'failed' then 'UNHEALTHY'
            when 'warning' then 'DEGRADED'
            when 'not verified' then 'NOT VERIFIED'
            else 'HEALTHY'
        end,
        a.message,
        _at
    from answers as a
    order by a.place
