-- title: Two users, the first and the last by their ids

(select id::text as id from auth.users order by id limit 1)
union
(select id::text from auth.users order by id desc limit 1)
order by 1;
