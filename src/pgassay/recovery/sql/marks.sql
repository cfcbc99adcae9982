-- The marks that are there, whether this is a server of its own, and on which timeline.
select
    array(select mark from public.pgassay_marks order by mark) as marks,
    pg_catalog.pg_is_in_recovery() as recovering,
    pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()) as segment
