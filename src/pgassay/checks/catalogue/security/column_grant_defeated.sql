-- title: Grant on columns that a grant on the table makes pointless
-- level: warning
-- since: 14
-- help: revoke {privilege} on {object} from {grantee}; and grant it on the columns again.
--
-- Whoever grants some columns means to hide the others. A grant of the same privilege on the table, to the
-- same role or to everyone, opens them all; revoking it on a column does not take anything away then.

select
    format('%I.%I', n.nspname, c.relname) as object,
    format(
        '%s of %s is granted on %s, but %s holds it on the whole table',
        lower(x.privilege_type),
        string_agg(distinct quote_ident(a.attname), ', '),
        coalesce(pg_get_userbyid(nullif(x.grantee, 0))::text, 'every role'),
        case whole.grantee when 0 then 'every role' else 'the same role' end
    ) as detail,
    jsonb_build_object(
        'privilege', lower(x.privilege_type),
        'grantee', case whole.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(whole.grantee)) end
    ) as metadata
from pg_catalog.pg_attribute as a
join pg_catalog.pg_class as c on c.oid = a.attrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral aclexplode(a.attacl) as x
join lateral (
    select g.grantee, g.privilege_type
    from aclexplode(c.relacl) as g
) as whole on whole.privilege_type = x.privilege_type and whole.grantee in (0, x.grantee)
where a.attacl is not null
    and not a.attisdropped
    and x.grantee <> c.relowner
    and n.nspname <> all (:'ignored_schemas'::name[])
group by n.nspname, c.relname, x.privilege_type, x.grantee, whole.grantee;

-- breaks: the same role holds both
create role clerk;
create schema shop;
create table shop.customer (id int primary key, name text, salary numeric);
grant select on shop.customer to clerk;
grant select (id, name) on shop.customer to clerk;

-- breaks: everyone holds the whole
create role clerk;
create schema shop;
create table shop.customer (id int primary key, name text, salary numeric);
grant update on shop.customer to public;
grant update (name) on shop.customer to clerk;

-- holds: the columns only, and another privilege on the table
create role clerk;
create schema shop;
create table shop.customer (id int primary key, name text, salary numeric);
grant delete on shop.customer to clerk;
grant select (id, name) on shop.customer to clerk;
