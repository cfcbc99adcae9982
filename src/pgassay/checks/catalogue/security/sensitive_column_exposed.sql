-- title: Column whose name promises secrets, open to API roles
-- level: warning
-- since: 14
-- parameter: pattern =
--   (^|_)(password|passwd|pwd|passphrase|secret|api_?key|private_?key|access_?token|refresh_?token|ssn|social_security|tax_id|credit_card|card_number|cvv|cvc|iban|pin_code|password_hash|mfa_secret|otp_secret)(_|$)
--   (text) regular expression for the names of such columns
-- help: revoke select on the table and grant it on the other columns, or move {object} to a table that no API
--   role may read.
--
-- Found by name alone. A warning where the table has no row-level security, information where policies decide
-- which rows are seen.

select
    format('%I.%I.%I', n.nspname, c.relname, a.attname) as object,
    format(
        '%s may read it%s',
        reader.roles,
        case
            when c.relkind in ('r', 'p') and c.relrowsecurity then ', as far as the policies let rows pass'
            else ' of every row'
        end
    ) as detail,
    case when c.relkind in ('r', 'p') and c.relrowsecurity then 'info' else 'warning' end as level
from pg_catalog.pg_attribute as a
join pg_catalog.pg_class as c on c.oid = a.attrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral (
    select string_agg(case role when 'public' then 'every role' else role end, ', ' order by role) as roles
    from unnest(:'api_roles'::name[]) as role
    where has_schema_privilege(role, n.oid, 'usage')
        and has_column_privilege(role, c.oid, a.attnum, 'select')
) as reader
where a.attnum > 0
    and not a.attisdropped
    and a.attname ~* :'pattern'
    and c.relkind in ('r', 'p', 'v', 'm', 'f')
    and not c.relispartition
    and reader.roles is not null
    and n.nspname <> all (:'ignored_schemas'::name[])
    and not exists (
        select
        from pg_catalog.pg_depend as d
        where d.classid = 'pg_catalog.pg_class'::regclass
            and d.objid = c.oid
            and d.deptype = 'e'
    );

-- breaks: a hash that everyone may read
create schema shop;
grant usage on schema shop to public;
create table shop.customer (id int primary key, password_hash text);
grant select on shop.customer to public;

-- holds: only the other column is granted, and names that only sound alike
create schema shop;
grant usage on schema shop to public;
create table shop.customer (id int primary key, password_hash text);
grant select (id) on shop.customer to public;
create table shop.lesson (id int primary key, passwords_taught int, secretary text, token_count int);
grant select on shop.lesson to public;
