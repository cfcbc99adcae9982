-- Numbers that the other database may give meanwhile are left out, so that what comes from there later still fits.
select pg_catalog.setval(
    pg_catalog.pg_get_serial_sequence(:'table', :'column'),
    greatest(:'furthest'::bigint, 0) + 10000
)
