-- Whether the role may see the server's temporary files; only monitoring roles may.
select pg_catalog.has_function_privilege('pg_catalog.pg_ls_tmpdir(oid)', 'execute')
