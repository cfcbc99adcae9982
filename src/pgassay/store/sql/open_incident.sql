-- Open an incident, as anybody may with psql.
select prod_test_schema.create_production_incident(
    :'type'::text, :'severity'::text, :'title'::text, nullif(:'description'::text, ''), :'detection'::text
)
