-- title: Queue that API roles reach without row-level security
-- level: failed
-- since: 14
-- parameter: schemas = pgmq (names) schemas of extensions in which users make tables of their own
-- help: alter table {object} enable row level security;
--
-- Queues are tables that users make in the extension's schema, where checks of the application's tables do
-- not look. Whoever may use the schema and read such a table takes messages that are meant for others.

select
    format('%I.%I', n.nspname, c.relname) as object,
    'row-level security is off, and ' || access.roles || ' may reach it' as detail
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral (
    select string_agg(case role when 'public' then 'every role' else role end, ', ' order by role) as roles
    from unnest(:'api_roles'::name[]) as role
    where has_schema_privilege(role, n.oid, 'usage')
        and (
            has_any_column_privilege(role, c.oid, 'select, insert, update')
            or has_table_privilege(role, c.oid, 'delete')
        )
) as access
where n.nspname = any (:'schemas'::name[])
    and c.relkind in ('r', 'p')
    and c.relname ~ '^[qa]_'
    and not c.relrowsecurity
    and access.roles is not null;

-- breaks: a queue for everyone
create schema pgmq;
grant usage on schema pgmq to public;
create table pgmq.q_mail (msg_id bigint, message jsonb);
grant select, delete on pgmq.q_mail to public;

-- holds: protected, or none of theirs
create schema pgmq;
grant usage on schema pgmq to public;
create table pgmq.q_mail (msg_id bigint, message jsonb);
alter table pgmq.q_mail enable row level security;
create table pgmq.q_own (msg_id bigint, message jsonb);
create table pgmq.meta (queue_name text);
grant select on pgmq.q_mail, pgmq.meta to public;
