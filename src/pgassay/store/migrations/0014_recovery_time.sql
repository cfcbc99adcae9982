-- What psql users ask: how long would a recovery take, and how much work would be lost?

create function prod_test_schema.measure_recovery_time()
returns table (
    database text,
    metric text,
    basis text,
    seconds double precision,
    objective_s double precision,
    status text,
    measured_at timestamptz,
    detail text
)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
    return query
    with known as (
        select backup.database from prod_test_schema.backups as backup
        union
        select drill.database from prod_test_schema.recovery_drills as drill
    ),
    asked as (
        select known.database, false as here from known
        union all
        select pg_catalog.current_database()::text, true where not exists (select from known)
    ),
    objective as (
        select
            setting.name,
            (setting.value #>> '{}')::double precision as seconds
        from prod_test_schema.settings as setting
        where setting.name in ('recovery.rto', 'recovery.rpo')
    ),
    measured as (
        select distinct on (drill.database) drill.*
        from prod_test_schema.recovery_drills as drill
        where drill.kind = 'restore' and drill.rto_s is not null
        order by drill.database, drill.started_at desc
    ),
    saved as (
        select distinct on (backup.database) backup.*
        from prod_test_schema.backups as backup
        where backup.state in ('created', 'validated', 'tested')
        order by backup.database, backup.started_at desc
    ),
    found as (
        select
            asked.database,
            'RTO' as metric,
            case when drill.id is null then 'ESTIMATED' else 'MEASURED' end as basis,
            case
                when drill.id is not null then drill.rto_s
                -- A server that was watched restored 25 MB of tables a second, from 5 MB of archive.
                when backup.id is not null then 2 + backup.size_bytes / 5e6
                when asked.here then 2 + pg_catalog.pg_database_size(pg_catalog.current_database()) / 25e6
            end as seconds,
            coalesce(
                (select o.seconds from objective as o where o.name = 'recovery.rto'), drill.rto_objective_s
            ) as objective_s,
            drill.started_at as measured_at,
            case when drill.id is null then 'Never drilled: from size alone' else 'Drill ' || drill.status end as detail
        from asked
        left join measured as drill on drill.database = asked.database
        left join saved as backup on backup.database = asked.database
        union all
        select
            asked.database,
            'RPO',
            case when drill.id is null then 'ESTIMATED' else 'MEASURED' end,
            case
                when drill.id is not null then drill.rpo_s
                else pg_catalog.date_part('epoch', pg_catalog.now() - backup.started_at)
            end,
            coalesce(
                (select o.seconds from objective as o where o.name = 'recovery.rpo'), drill.rpo_objective_s
            ),
            drill.started_at,
            case
                when drill.id is not null then 'Age of the backup when the drill began'
                when backup.id is not null then 'Never drilled: age of the newest backup'
                else 'There is no backup'
            end
        from asked
        left join measured as drill on drill.database = asked.database
        left join saved as backup on backup.database = asked.database
    )
    select
        found.database,
        found.metric,
        found.basis,
        found.seconds,
        found.objective_s,
        case
            when found.basis = 'ESTIMATED' or found.seconds is null then 'NOT VERIFIED'
            when found.objective_s is null then 'NO OBJECTIVE'
            when found.seconds <= found.objective_s then 'MET'
            else 'MISSED'
        end,
        found.measured_at,
        found.detail
    from found
    order by found.database, found.metric desc;
end
$$;

comment on function prod_test_schema.measure_recovery_time() is
    'Seconds that a recovery takes (RTO) and that would be lost (RPO): MEASURED by the last drill, or ESTIMATED';
