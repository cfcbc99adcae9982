-- The latest rehearsal of each content, what was applied without a green one, and what was left in between. What
-- an emergency rollback has set aside is settled by it; a content that no file has any more needs no rehearsal.
-- What was adopted was not applied by pgassay, and an adoption that did not come to its end changed nothing.
with about as (
    select *
    from prod_test_schema.migration_runs
    where :'target'::text is null or target = :'target'::text
),
rehearsals as (
    select distinct on (up_sha256) up_sha256, migration_id, status, finished_at
    from about
    where operation = 'rehearse'
        and status <> 'running'
        and (:'contents'::text[] is null or up_sha256 = any (:'contents'::text[]))
    order by up_sha256, started_at desc
),
latest as (
    select distinct on (up_sha256) up_sha256, migration_id, operation, status
    from about
    where operation <> 'rehearse'
        and (operation <> 'adopt' or status = 'succeeded')
        and started_at > coalesce(
            (
                select pg_catalog.max(rollback.completed_at)
                from prod_test_schema.rollback_events as rollback
                where rollback.succeeded
            ),
            '-infinity'
        )
    order by up_sha256, started_at desc
)
select
    (select pg_catalog.count(*)::integer from rehearsals where status = 'succeeded'),
    array(select migration_id from rehearsals where status <> 'succeeded' order by migration_id),
    array(
        select latest.migration_id
        from latest
        where latest.operation = 'apply'
            and latest.status in ('succeeded', 'red')
            and not exists (
                select
                from about as rehearsed
                where rehearsed.up_sha256 = latest.up_sha256
                    and rehearsed.operation = 'rehearse'
                    and rehearsed.status = 'succeeded'
            )
        order by latest.migration_id
    ),
    array(
        select latest.migration_id
        from latest
        where latest.status in ('running', 'between', 'interrupted', 'red')
        order by latest.migration_id
    ),
    (select pg_catalog.max(finished_at) from rehearsals)
