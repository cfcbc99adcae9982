create view app.as_invoker with (security_invoker = true) as select id, owner from app.plain;
grant select on app.as_invoker to access_anon, access_user;
