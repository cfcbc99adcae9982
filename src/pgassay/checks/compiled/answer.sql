    with results as (
        select r.place, r.value as result
        from unnest(_results) with ordinality as r (value, place)
    ),
    waivers as (
        select w.place, w.value as waiver, (w.value ->> 'until')::date >= _at::date as holds
        from jsonb_array_elements(coalesce(_settings -> 'checks.ignore', '[]')) with ordinality as w (value, place)
    ),
    found as (
        select
            r.place,
            f.place as at,
            f.value ->> 'object' as object,
            coalesce(f.value ->> 'detail', '') as detail,
            coalesce(f.value ->> 'level', r.result ->> 'level') as level,
            coalesce(f.value ->> 'remediation', r.result ->> 'help') as remediation,
            coalesce(nullif(f.value -> 'metadata', 'null'), '{}') || jsonb_build_object('object', f.value -> 'object') as filling,
            f.value ->> 'remediation' is null as is_template,
            r.result ->> 'name' as name
        from results as r
        cross join lateral jsonb_array_elements(r.result -> 'findings') with ordinality as f (value, place)
    ),
    covered as (
        select
            f.*,
            (
                select jsonb_agg(w.waiver order by w.place)
                from waivers as w
                where not w.holds
                    and f.level <> 'passed'
                    and f.name ~ (w.waiver ->> 'check')
                    and f.object ~ (w.waiver ->> 'object')
            ) as late
        from found as f
        where f.level = 'passed'
            or not exists (
                select
                from waivers as w
                where w.holds and f.name ~ (w.waiver ->> 'check') and f.object ~ (w.waiver ->> 'object')
            )
    ),
    told as (
        select c.place, c.at, c.object, c.detail, c.level, c.remediation, c.filling, c.is_template
        from covered as c
        union all
        -- What was to be ignored until a day that is over is a finding itself.
        select
            c.place,
            1000000 + min(c.at),
            l.value ->> 'shown',
            format('It was to be ignored until %s only: %s', l.value ->> 'until', l.value ->> 'reason'),
            'warning',
            'Solve it, or give its entry in [[checks.ignore]] another day.',
            '{}',
            false
        from covered as c
        cross join lateral jsonb_array_elements(c.late) as l (value)
        group by c.place, l.value
    ),
    ranked as (
        select
            t.*,
            array_position(array['passed', 'info', 'warning', 'not verified', 'failed'], t.level) as rank,
            case
                when not t.is_template then t.remediation
                when t.level = 'passed' then ''
                else (
                    select string_agg(
                        case
                            when m.piece[1] ~ '^\{\w+\}$' and t.filling ? btrim(m.piece[1], '{}')
                                then coalesce(t.filling ->> btrim(m.piece[1], '{}'), 'None')
                            else m.piece[1]
                        end,
                        ''
                        order by m.place
                    )
                    from regexp_matches(t.remediation, '\{\w+\}|[^{]+|\{', 'g') with ordinality as m (piece, place)
                )
            end as remedy
        from told as t
    ),
    worst as (
        select r.*, row_number() over (partition by r.place order by r.at) as turn
        from (
            select k.*, max(k.rank) over (partition by k.place) as worst_rank
            from ranked as k
        ) as r
        where r.rank = r.worst_rank
    ),
    remedies as (
        select d.place, d.remedy, row_number() over (partition by d.place order by d.turn) as turn
        from (
            select w.place, w.remedy, min(w.turn) as turn
            from worst as w
            where w.remedy <> ''
            group by w.place, w.remedy
        ) as d
    ),
    answers as (
        select
            r.place,
            r.result ->> 'name' as name,
            r.result ->> 'category' as category,
            coalesce((select min(w.level) from worst as w where w.place = r.place), 'passed') as level,
            coalesce(
                (
                    select string_agg(
                        case w.object when 'check' then w.detail else w.object || ': ' || w.detail end, '; ' order by w.turn
                    ) filter (where w.turn <= @shown@)
                    || case when count(*) > @shown@ then format('; and %s more', count(*) - @shown@) else '' end
                    from worst as w
                    where w.place = r.place
                ),
                'nothing found'
            ) as message,
            coalesce(
                (
                    select string_agg(m.remedy, '; ' order by m.turn) filter (where m.turn <= @shown@)
                    || case when count(*) > @shown@ then format('; and %s more', count(*) - @shown@) else '' end
                    from remedies as m
                    where m.place = r.place
                ),
                ''
            ) as remedy
        from results as r
    )
