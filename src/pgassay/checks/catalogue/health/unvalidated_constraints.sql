-- title: Constraints that were never validated
-- level: warning
-- area: pre-migration, post-migration
-- help: alter table {table} validate constraint {constraint}; (reads the table, and does not stop writers)
--
-- NOT VALID checks what is written from now on; rows that were there before may break it. NOT ENFORCED (from version
-- 18) checks nothing at all.

select
    format('%s.%I', o.conrelid::regclass, o.conname) as object,
    case
        when not coalesce((to_jsonb(o) ->> 'conenforced')::boolean, true) then 'not enforced: nothing is checked'
        else 'not valid: rows that were there before were not checked'
    end as detail,
    jsonb_build_object('table', o.conrelid::regclass::text, 'constraint', quote_ident(o.conname)) as metadata
from pg_catalog.pg_constraint as o
join pg_catalog.pg_namespace as n on n.oid = o.connamespace
where not o.convalidated
    and o.conrelid <> 0
    and o.conparentid = 0
    and n.nspname <> all (:'ignored_schemas'::name[]);

-- breaks: a check added without looking
create table public.invoice (id int primary key, amount int);
alter table public.invoice add constraint positive check (amount > 0) not valid;

-- breaks: a foreign key added without looking
create table public.customer (id int primary key);
create table public.invoice (id int primary key, customer_id int);
alter table public.invoice add foreign key (customer_id) references public.customer not valid;

-- holds: validated afterwards
create table public.invoice (id int primary key, amount int);
alter table public.invoice add constraint positive check (amount > 0) not valid;
alter table public.invoice validate constraint positive;
