-- The tables of the application that this transaction has read or written so far, rolled-back savepoints
-- included, from its own statistics.
select
    pg_catalog.format('%I.%I', touched.schemaname, touched.relname) as name,
    coalesce(touched.seq_scan, 0) + coalesce(touched.idx_scan, 0) as scans,
    touched.n_tup_ins as inserted,
    touched.n_tup_upd as updated,
    touched.n_tup_del as deleted
from pg_catalog.pg_stat_xact_user_tables as touched
where touched.schemaname not like 'pg\_temp%'
    and (
        touched.seq_scan > 0
        or touched.idx_scan > 0
        or touched.n_tup_ins > 0
        or touched.n_tup_upd > 0
        or touched.n_tup_del > 0
    )
order by 1
