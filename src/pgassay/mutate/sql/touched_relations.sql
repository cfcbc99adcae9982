-- title: The tables that this transaction has read or written, rolled-back savepoints included

select touched.relid as oid
from pg_catalog.pg_stat_xact_user_tables as touched
where touched.seq_scan > 0
    or touched.idx_scan > 0
    or touched.n_tup_ins > 0
    or touched.n_tup_upd > 0
    or touched.n_tup_del > 0;
