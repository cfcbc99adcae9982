-- How much room the temporary files of ours take, in bytes: their sorts, hashes and materialised results. Those
-- of parallel workers count for whom they work for.
with file as (
    select
        substring(found.name from '^pgsql_tmp(\d+)\.')::integer as pid,
        found.size
    from pg_catalog.pg_tablespace as place
    cross join lateral pg_catalog.pg_ls_tmpdir(place.oid) as found
    where place.spcname <> 'pg_global'
)
select
    coalesce(session.leader_pid, session.pid) as pid,
    (sum(file.size))::bigint as size
from file
join pg_catalog.pg_stat_activity as session on session.pid = file.pid
where coalesce(session.leader_pid, session.pid) = any (:'ours'::integer[])
group by 1
