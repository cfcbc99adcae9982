-- The letters whose ids begin alike.
select id from prod_test_schema.notification_outbox
where id between :'low'::uuid and :'high'::uuid
order by created_at desc
limit 3
