-- title: Trigger whose function belongs to another role
-- level: warning
-- since: 14
-- help: alter function {function} owner to {owner};
--
-- A trigger function runs with the rights of whoever writes to the table. Its owner can replace its text at
-- any time, and so borrow those rights. Reported where that owner is no superuser, not the table's owner, and
-- cannot act as him anyway.

select
    format('%I.%I.%I', n.nspname, c.relname, t.tgname) as object,
    format(
        'runs %I.%I(), which belongs to %I, on a table of %I',
        fn.nspname,
        p.proname,
        o.rolname,
        pg_get_userbyid(c.relowner)
    ) as detail,
    jsonb_build_object(
        'function', format('%I.%I()', fn.nspname, p.proname),
        'owner', quote_ident(pg_get_userbyid(c.relowner))
    ) as metadata
from pg_catalog.pg_trigger as t
join pg_catalog.pg_class as c on c.oid = t.tgrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
join pg_catalog.pg_proc as p on p.oid = t.tgfoid
join pg_catalog.pg_namespace as fn on fn.oid = p.pronamespace
join pg_catalog.pg_roles as o on o.oid = p.proowner
where not t.tgisinternal
    -- Superusers and the table's owner can act as him, too.
    and not pg_has_role(p.proowner, c.relowner, 'member')
    and n.nspname <> all (:'ignored_schemas'::name[])
    and fn.nspname <> all (:'ignored_schemas'::name[]);

-- breaks: a function of someone else
create role intern;
create schema shop;
create table shop.invoice (id int primary key);
create function shop.stamp() returns trigger language plpgsql set search_path = '' as 'begin return new; end';
create trigger stamp before insert on shop.invoice for each row execute function shop.stamp();
grant create on schema shop to intern;
alter function shop.stamp() owner to intern;

-- holds: the same owner
create schema shop;
create table shop.invoice (id int primary key);
create function shop.stamp() returns trigger language plpgsql set search_path = '' as 'begin return new; end';
create trigger stamp before insert on shop.invoice for each row execute function shop.stamp();
