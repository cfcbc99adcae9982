-- The life of one migration, :migration (its file without .up.sql) with the number :number: back to it,
-- then back over it, forward, back and forward again, then forward to the newest. What must hold of any
-- migration is asserted here (6 assertions); what is special to one, by the file that includes this,
-- from the lists remembered as 'with' and 'without'.

\ir catalog.sql

select pg_temp.remember('newest');
\ir rewind.sql
select pg_temp.remember('with');

\ir ../../../migrations/:migration.down.sql
select pg_temp.remember('without');
create temp table kept as select * from pg_temp.rows_kept();

\ir ../../../migrations/:migration.up.sql
select pg_temp.remember('with again');
select isnt_empty(
    $$select * from pg_temp.changed('without', 'with')$$,
    :'migration' || ' does something'
);
select is_empty(
    $$select * from pg_temp.changed('with', 'with again')$$,
    :'migration' || ' back and forward gives the same schema'
);
select is_empty(
    $$select * from kept except select * from pg_temp.rows_kept()$$,
    :'migration' || ' forward keeps the rows of all other tables'
);

\ir ../../../migrations/:migration.down.sql
select pg_temp.remember('without again');
select is_empty(
    $$select * from pg_temp.changed('without', 'without again')$$,
    :'migration' || ' forward and back gives the same schema'
);
select is_empty(
    $$select * from kept except select * from pg_temp.rows_kept()$$,
    :'migration' || ' back keeps the rows of all other tables'
);

\ir ../../../migrations/:migration.up.sql
\ir replay.sql
select pg_temp.remember('newest again');
select is_empty(
    $$select * from pg_temp.changed('newest', 'newest again')$$,
    'from ' || :'migration' || ' to the newest gives the schema of today'
);
