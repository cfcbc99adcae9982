SET datestyle = 'German, DMY';
SET search_path = pg_catalog, public;
SELECT plan(1);
SELECT is(DATE '2030-02-01'::text, '01.02.2030', 'German dates');
SELECT * FROM finish();
