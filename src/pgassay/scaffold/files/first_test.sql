-- The first test: it holds on any database, and shows that everything is in place for yours.
-- pgassay: critical

begin;
select plan(2);

select cmp_ok(
    current_setting('server_version_num')::int,
    '>=',
    140000,
    'the server is of a version that pgassay supports'
);
select is(pg_is_in_recovery(), false, 'this is the primary, and no standby');

select * from finish();
rollback;
