-- How many statements a file sent, and how many of them were slow.

alter table prod_test_schema.test_file_results
    add column queries integer check (queries >= 0),
    add column slow_queries integer check (slow_queries >= 0);

comment on column prod_test_schema.test_file_results.queries is 'Statements that it sent; null where psql sent them';
comment on column prod_test_schema.test_file_results.slow_queries is
    'Statements that took longer than options.slow_s of the run';
