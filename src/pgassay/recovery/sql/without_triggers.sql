-- What rows are written for here is to see that they can be: nobody's triggers run, as on a replica.
select
    pg_catalog.set_config('session_replication_role', 'replica', true),
    pg_catalog.set_config('search_path', '', true)
