-- Has the segment with all of this archived; gives its name.
select pg_catalog.pg_walfile_name(pg_catalog.pg_switch_wal())
