-- title: Triggers that are switched off
-- level: failed
-- area: post-migration
-- help: alter table {table} enable trigger {trigger}; then look for what went unchecked: pgassay checks run
--   referential_integrity
--
-- What ALTER TABLE … DISABLE TRIGGER leaves after a load. A foreign key works by triggers of its own: while they are
-- off, it lets everything pass, and validating it again does not help. An application's own trigger is a warning.

select
    format('%I.%I: %I', n.nspname, c.relname, t.tgname) as object,
    case
        when t.tgconstraint <> 0 and t.tgisinternal then format(
            'the constraint %I is not kept',
            (select f.conname from pg_catalog.pg_constraint as f where f.oid = t.tgconstraint)
        )
        else format('%s() does not run', t.tgfoid::regproc)
    end as detail,
    case when t.tgisinternal then 'failed' else 'warning' end as level,
    jsonb_build_object(
        'table', format('%I.%I', n.nspname, c.relname),
        'trigger', case when t.tgisinternal then 'all' else quote_ident(t.tgname) end
    ) as metadata
from pg_catalog.pg_trigger as t
join pg_catalog.pg_class as c on c.oid = t.tgrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where t.tgenabled = 'D'
    and n.nspname <> all (:'ignored_schemas'::name[]);

-- breaks: a load that left the triggers of a foreign key off
create table public.customer (id int primary key);
create table public.invoice (id int primary key, customer_id int references public.customer);
alter table public.invoice disable trigger all;

-- breaks: one of the application's own
-- expect: warning
create table public.invoice (id int primary key);
create function public.note() returns trigger language plpgsql as 'begin return new; end';
create trigger note before insert on public.invoice for each row execute function public.note();
alter table public.invoice disable trigger note;

-- holds: switched on, as usual or always
create table public.customer (id int primary key);
create table public.invoice (id int primary key, customer_id int references public.customer);
create function public.note() returns trigger language plpgsql as 'begin return new; end';
create trigger note before insert on public.invoice for each row execute function public.note();
alter table public.invoice enable always trigger note;
