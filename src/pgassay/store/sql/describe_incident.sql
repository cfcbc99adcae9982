-- What an incident has beside what create_production_incident() takes. Where no table is known to be affected, it is
-- not known which are: null, not none.
update prod_test_schema.production_incidents
set cause = nullif(:'cause'::text, ''),
    affected_tables = nullif(:'tables'::text[], '{}')
where id = :'id'::uuid
