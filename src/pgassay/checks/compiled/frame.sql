create or replace function prod_test_schema.@name@()
returns table (@columns@)
language plpgsql
volatile
set search_path = ''
set lock_timeout = '1s'
set jit = 'off'
as $pgassay$
-- Compiled by pgassay from its checks; `pgassay store install` makes it anew. Who calls it sees what they may see.
#variable_conflict use_column
declare
    _at constant timestamptz := clock_timestamp();
    _settings jsonb;
    _shared jsonb;
    _needs jsonb;
    _check record;
    _values text[];
    _findings jsonb;
    _message text;
    _state text;
    _results jsonb[] := '{}';
begin
    select coalesce(jsonb_object_agg(s.name, s.value), '{}')
    into _settings
    from prod_test_schema.settings as s
    where s.name like 'checks.%';

    -- What every check may use, and what some of them need.
    select to_jsonb(around) into _shared
    from (
@surroundings@
    ) as around;

    select coalesce(jsonb_agg(to_jsonb(need)), '[]') into _needs
    from (
@needs@
    ) as need;

    for _check in
        select *
        from (
            values
@checks@
        ) as each_check (place, name, category, level, help, parameters, obstacles, query)
        order by place
    loop
        -- A finding of the list of obstacles, where something that the check needs is not there.
        select jsonb_build_array(
            case when (need.value ->> 'available')::boolean then lack.value -> 'available' else lack.value -> 'missing' end
        )
        into _findings
        from jsonb_array_elements(_check.obstacles -> 'lacks') with ordinality as lack (value, place)
        join jsonb_array_elements(_needs) as need (value)
            on need.value ->> 'kind' = lack.value ->> 'kind' and need.value ->> 'name' = lack.value ->> 'name'
        where not (need.value ->> 'met')::boolean
        order by lack.place
        limit 1;

        if _findings is null and _check.query is null then
            _findings := jsonb_build_array(_check.obstacles -> 'unasked');
        elsif _findings is null then
            begin
                select array_agg(
                    case
                        when p.value ->> 'kind' = 'names' and jsonb_typeof(g.given) = 'array' then (
                            select coalesce(array_agg(e.value), '{}')::text
                            from jsonb_array_elements_text(g.given) as e (value)
                        )
                        else coalesce(g.given #>> '{}', p.value ->> 'default')
                    end
                    order by p.place
                )
                into _values
                from jsonb_array_elements(_check.parameters) with ordinality as p (value, place)
                cross join lateral (
                    select coalesce(
                        _shared -> (p.value ->> 'name'),
                        _settings -> format('checks.%s.%s', _check.name, p.value ->> 'name')
                    ) as given
                ) as g;
                execute format('select coalesce(jsonb_agg(to_jsonb(f)), ''[]'') from (%s) as f', _check.query)
                into _findings
                using _values;
            exception
                when others then
                    get stacked diagnostics _state = returned_sqlstate, _message = message_text;
                    _findings := jsonb_build_array(
                        coalesce(_check.obstacles -> 'refused' -> _state, _check.obstacles -> 'broken')
                    );
                    _findings := replace(_findings::text, '@message@', trim('"' from to_json(_message)::text))::jsonb;
            end;
        end if;
        _results := _results || jsonb_build_object(
            'name', _check.name,
            'category', _check.category,
            'level', _check.level,
            'help', _check.help,
            'findings', replace(_findings::text, '@role@', trim('"' from to_json(quote_ident(current_user))::text))::jsonb
        );
    end loop;

    return query
@answer@;
end
$pgassay$;
