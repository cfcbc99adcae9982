-- Subscriptions that replicate into tables of these schemas: they know a table by its number.
select
    pg_catalog.quote_ident(subscription.subname) as name,
    pg_catalog.count(*) as tables
from pg_catalog.pg_subscription_rel as replicated
join pg_catalog.pg_subscription as subscription
    on subscription.oid = replicated.srsubid
join pg_catalog.pg_class as relation
    on relation.oid = replicated.srrelid
join pg_catalog.pg_namespace as space
    on space.oid = relation.relnamespace
where space.nspname = any (:'schemas'::text[])
group by subscription.subname
order by name
