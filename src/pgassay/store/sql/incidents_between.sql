-- The incidents whose ids begin alike.
select id from prod_test_schema.production_incidents
where id between :'low'::uuid and :'high'::uuid
order by detected_at desc, id
limit 3
