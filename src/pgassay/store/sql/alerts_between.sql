-- The alerts whose ids begin alike.
select id from performance_monitoring.performance_alerts
where id between :'low'::uuid and :'high'::uuid
order by created_at desc, id
limit 3
