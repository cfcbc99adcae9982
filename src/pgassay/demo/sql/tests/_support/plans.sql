-- How a statement would be carried out. Include it after personas.sql.
--
--   pg_temp.indexes_of(sql)  the names of the indexes in its plan, sorted
--
-- Some tables stay small, and a small table is read in sequence whatever indexes there are. So sequential
-- scans are priced out: what remains is which index serves the query.

set local enable_seqscan = off;

-- What has only a sequential scan left looks immensely dear now, dear enough to be compiled each time.
set local jit = off;

create function pg_temp.indexes_of(statement text) returns text[]
    language plpgsql
as $$
declare
    plan jsonb;
begin
    execute 'explain (format json, costs off) ' || statement into plan;
    return array(
        select distinct name #>> '{}'
        from jsonb_path_query(plan, 'strict $.**."Index Name"') as name
        order by 1
    );
end
$$;
