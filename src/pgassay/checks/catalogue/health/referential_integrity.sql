-- title: Rows that refer to nothing
-- level: failed
-- area: pre-migration, post-migration
-- scans: both tables of each foreign key; of a large one, a sample
-- parameter: sample_rows = 100000 (number) of a table with more rows than this, about so many are looked at
-- parameter: lock_percent = 25 (number) share of the server's lock table that may be taken; keys beyond it are left out
-- help: Look at them: {query}. Restore what they refer to, or remove them; then: alter table {table} validate
--   constraint {constraint};
--
-- Every foreign key is asked again, whatever the catalog says of it: rows get past one that is NOT VALID, whose
-- triggers are off, or that a replica with session_replication_role = replica wrote; a damaged index hides rows,
-- too. Comparison is the constraint's own: its operators, MATCH FULL, all of its columns, partitions but not
-- children. A sample that finds nothing proves nothing about the rest, so its size is said. Where row-level
-- security or a missing right hides rows from the role, the key is not verified. Keys with PERIOD are not asked.
--
-- Reading a table takes one weak lock for it and for each of its indexes. The lock table is shared by all sessions, so
-- only so many keys are asked as fit into a part of it; which ones are left out changes from day to day.
--
-- ts_stat() is what PostgreSQL has to run a query whose text is made by a query, and needs neither a function of
-- our own nor libxml. What comes back are counts, no data.

with relations as (
    -- A table with its partitions: about how many rows, and how many locks to read it.
    select
        coalesce(pg_partition_root(c.oid), c.oid) as relation,
        sum(
            case
                when c.relkind = 'p' then 0
                when c.reltuples >= 0 then c.reltuples
                else pg_relation_size(c.oid) / 100.0
            end
        ) as about_rows,
        sum(1 + coalesce(i.indexes, 0)) as locks
    from pg_catalog.pg_class as c
    left join (
        select x.indrelid, count(*) as indexes
        from pg_catalog.pg_index as x
        group by x.indrelid
    ) as i on i.indrelid = c.oid
    where c.relkind in ('r', 'p')
    group by 1
),
foreign_keys as (
    select
        f.oid,
        f.conrelid,
        f.confrelid,
        format('%s.%I', f.conrelid::regclass, f.conname) as object,
        f.conrelid::regclass::text as referencing_table,
        quote_ident(f.conname) as constraint_name,
        coalesce((to_jsonb(f) ->> 'conenforced')::boolean, true) as enforced,
        coalesce((to_jsonb(f) ->> 'conperiod')::boolean, false) as period,
        has_table_privilege(f.conrelid, 'select') and has_table_privilege(f.confrelid, 'select') as readable,
        row_security_active(f.conrelid) or row_security_active(f.confrelid) as hidden,
        s.about_rows,
        row_number() over (order by hashtext(f.oid::text || current_date)) as turn,
        case when r.relkind = 'p' then '' else 'only ' end || f.conrelid::regclass as referencing,
        case when p.relkind = 'p' then '' else 'only ' end || f.confrelid::regclass as referenced,
        k.given,
        k.matched,
        case when f.confmatchtype = 'f' and cardinality(f.conkey) > 1 then k.partly || ' or ' end as partly
    from pg_catalog.pg_constraint as f
    join pg_catalog.pg_namespace as n on n.oid = f.connamespace
    join pg_catalog.pg_class as r on r.oid = f.conrelid
    join pg_catalog.pg_class as p on p.oid = f.confrelid
    join relations as s on s.relation = coalesce(pg_partition_root(r.oid), r.oid)
    cross join lateral (
        select
            string_agg(format('f.%I is not null', a.attname), ' and ' order by c.place) as given,
            format(
                '((%s) and (%s))',
                string_agg(format('f.%I is null', a.attname), ' or ' order by c.place),
                string_agg(format('f.%I is not null', a.attname), ' or ' order by c.place)
            ) as partly,
            string_agg(
                format(
                    'p.%I operator(%I.%s) f.%I%s',
                    b.attname,
                    m.nspname,
                    o.oprname,
                    a.attname,
                    (
                        select format(' collate %I.%I', x.nspname, l.collname)
                        from pg_catalog.pg_collation as l
                        join pg_catalog.pg_namespace as x on x.oid = l.collnamespace
                        where l.oid = b.attcollation and a.attcollation <> b.attcollation
                    )
                ),
                ' and ' order by c.place
            ) as matched
        from unnest(f.conkey, f.confkey, f.conpfeqop) with ordinality as c (here, there, equal, place)
        join pg_catalog.pg_attribute as a on a.attrelid = f.conrelid and a.attnum = c.here
        join pg_catalog.pg_attribute as b on b.attrelid = f.confrelid and b.attnum = c.there
        join pg_catalog.pg_operator as o on o.oid = c.equal
        join pg_catalog.pg_namespace as m on m.oid = o.oprnamespace
    ) as k
    where f.contype = 'f'
        and f.conparentid = 0
        and n.nspname <> all (:'ignored_schemas'::name[])
),
budget as (
    select
        k.turn,
        sum(k.locks) over (order by k.turn) <= :'lock_percent'::numeric / 100
        * current_setting('max_locks_per_transaction')::numeric
        * (current_setting('max_connections')::numeric + current_setting('max_prepared_transactions')::numeric)
            as fits
    from (
        -- A table that several keys read is locked once: it counts for the first of them.
        select t.turn, sum(case when t.first = t.turn then t.locks else 0 end) as locks
        from (
            select e.turn, s.locks, min(e.turn) over (partition by s.relation) as first
            from (
                select f.turn, f.conrelid as relation from foreign_keys as f
                union
                select f.turn, f.confrelid from foreign_keys as f
            ) as e
            join relations as s on s.relation = coalesce(pg_partition_root(e.relation), e.relation)
        ) as t
        group by t.turn
    ) as k
),
asked as (
    select
        f.*,
        format(
            ' where %s(%s and not exists (select from %s as p where %s))',
            f.partly,
            f.given,
            f.referenced,
            f.matched
        ) as condition,
        case
            when f.about_rows > :'sample_rows'::numeric
                then 100 * :'sample_rows'::numeric / f.about_rows::numeric
        end as sampled_percent
    from foreign_keys as f
    join budget as b on b.turn = f.turn and b.fits
    where f.readable and not f.hidden and not f.period
),
answered as (
    select
        a.*,
        s.word::bigint as orphans
    from asked as a
    cross join lateral ts_stat(
        format('select array_to_tsvector(array[count(*)::text]) from %s as f', a.referencing)
        || case when a.sampled_percent is not null then format(' tablesample system (%s)', a.sampled_percent) else '' end
        || a.condition
    ) as s
)
select
    a.object,
    format(
        'rows that refer to nothing: %s%s',
        ltrim(to_char(a.orphans, '999,999,999,999')),
        case
            when a.sampled_percent is not null then format(
                ', in a sample of %s %% of about %s rows',
                round(a.sampled_percent, 2),
                ltrim(to_char(a.about_rows::numeric, '999,999,999,999'))
            )
        end
    ) || case when a.enforced then '' else '; the constraint is not enforced' end as detail,
    case when a.enforced then 'failed' else 'warning' end as level,
    null as remediation,
    jsonb_build_object(
        'orphans', a.orphans,
        'table', a.referencing_table,
        'constraint', a.constraint_name,
        'sampled_percent', round(a.sampled_percent, 2),
        'query', format('select f.* from %s as f', a.referencing) || a.condition || ' limit 20'
    ) as metadata
from answered as a
where a.orphans > 0
union all
select
    f.object,
    case
        when f.period then 'a key with PERIOD; pgassay cannot ask these yet'
        when not f.readable then format('%I may not read both tables', current_user)
        else format('row-level security hides rows of these tables from %I', current_user)
    end,
    'not verified',
    case when f.period then 'Look by hand.' else 'Ask as a role that sees all rows of both tables.' end,
    null
from foreign_keys as f
where f.period or f.hidden or not f.readable
union all
select
    format('%I', current_database()),
    format(
        'foreign keys left out, since they would need more than %s %% of the lock table: %s',
        :'lock_percent'::numeric,
        count(*)
    ),
    'not verified',
    'Allow more at a quiet hour ([checks.referential_integrity] lock_percent), or raise max_locks_per_transaction.',
    null
from budget as b
where not b.fits
having count(*) > 0
union all
select
    format('%I', current_database()),
    format(
        'foreign keys that hold: %s%s',
        count(*) filter (where a.orphans = 0),
        ', in a sample of about ' || :'sample_rows'::numeric || ' rows: '
        || nullif(count(*) filter (where a.orphans = 0 and a.sampled_percent is not null), 0)
    ),
    'passed',
    null,
    null
from answered as a;

-- breaks: rows written before the constraint, which is not valid
create table public.customer (id int primary key);
create table public.invoice (id int primary key, customer_id int);
insert into public.invoice values (1, 7);
alter table public.invoice add foreign key (customer_id) references public.customer not valid;

-- breaks: rows written while triggers were off
create table public.customer (id int primary key);
create table public.invoice (id int primary key, customer_id int references public.customer);
set local session_replication_role = replica;
insert into public.invoice values (1, 7);

-- breaks: a partitioned table, two columns of other types, names that need quotes
create schema "Shop's 100 %";
create table "Shop's 100 %"."Customer" ("A" int, b bigint, primary key ("A", b));
create table "Shop's 100 %"."in voice" (
    id int,
    a bigint,
    "B" int,
    foreign key (a, "B") references "Shop's 100 %"."Customer"
) partition by range (id);
create table "Shop's 100 %".invoice_1 partition of "Shop's 100 %"."in voice" for values from (1) to (10);
insert into "Shop's 100 %"."Customer" values (1, 2);
insert into "Shop's 100 %"."in voice" values (1, 1, 2);
set local session_replication_role = replica;
insert into "Shop's 100 %"."in voice" values (2, 1, 3);

-- breaks: half a key, where MATCH FULL wants all or nothing
create table public.customer (a int, b int, primary key (a, b));
create table public.invoice (a int, b int, foreign key (a, b) references public.customer match full);
set local session_replication_role = replica;
insert into public.invoice values (1, null);

-- breaks: the second of two, both tables read by both
create table public.customer (id int primary key);
create table public.invoice (id int primary key, customer_id int references public.customer);
create table public.letter (id int primary key, customer_id int references public.customer);
set local session_replication_role = replica;
insert into public.letter values (1, 7);

-- breaks: seen in a sample
-- with: sample_rows = 1000
create table public.customer (id int primary key);
create table public.invoice (customer_id int references public.customer);
set local session_replication_role = replica;
insert into public.invoice select n from generate_series(1, 5000) as n;
analyze public.invoice;

-- holds: nulls, half keys of MATCH SIMPLE, rows of children, a partitioned parent, another collation
create table public.customer (a int, b int, name text collate "C" unique, primary key (a, b));
create table public.invoice (
    a int,
    b int,
    name text collate "POSIX" references public.customer (name),
    foreign key (a, b) references public.customer
);
create table public.draft () inherits (public.invoice);
insert into public.customer values (1, 1, 'x');
insert into public.invoice values (1, 1, 'x'), (1, null, null), (null, null, 'x');
insert into public.draft values (8, 8, 'nobody');
create table public.day (on_day date primary key) partition by range (on_day);
create table public.day_1 partition of public.day for values from ('2026-01-01') to ('2027-01-01');
insert into public.day values ('2026-05-05');
create table public.visit (on_day date references public.day);
insert into public.visit values ('2026-05-05');
