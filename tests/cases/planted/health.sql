-- Faults of a database, planted one block each. "found by" names the check that must find it, and the object
-- that it must name; a block is sent at once, "fails" where that is the point of it.

-- found by: critical_tables shop.payment
create schema shop;
create table shop.customer (id int primary key, email text);
insert into shop.customer select n, n || '@example.org' from generate_series(1, 100) as n;

-- found by: referential_integrity shop.invoice.not_valid
create table shop.invoice (id int primary key, customer_id int);
insert into shop.invoice values (1, 1), (2, 4711);
alter table shop.invoice add constraint not_valid foreign key (customer_id) references shop.customer not valid;
create index on shop.invoice (customer_id);

-- found by: unvalidated_constraints shop.invoice.positive
alter table shop.invoice add constraint positive check (id > 0) not valid;

-- found by: referential_integrity shop.line.behind_its_back
create table shop.line (
    day date not null,
    customer_id int constraint behind_its_back references shop.customer
) partition by range (day);
create table shop.line_2026 partition of shop.line for values from ('2026-01-01') to ('2027-01-01');
create index on shop.line (customer_id);
set session_replication_role = replica;
insert into shop.line values ('2026-05-05', 1), ('2026-05-06', 999);
reset session_replication_role;

-- found by: unindexed_foreign_keys shop.visit.visit_customer_id_fkey
create table shop.visit (id int primary key, customer_id int references shop.customer);
insert into shop.visit select n, 1 from generate_series(1, 12000) as n;
analyze shop.visit;

-- found by: disabled_triggers shop.visit: noted
create function shop.note() returns trigger language plpgsql as 'begin return new; end';
create trigger noted before insert on shop.visit for each row execute function shop.note();
alter table shop.visit disable trigger noted;

-- found by: invalid_indexes shop.customer_twice
-- fails
create unique index concurrently customer_twice on shop.customer ((id % 2));

-- found by: duplicate_indexes shop.customer_email_again
create index customer_email on shop.customer (email);
create index customer_email_again on shop.customer (email);

-- found by: redundant_indexes shop.customer_email
create index customer_email_id on shop.customer (email, id);

-- found by: unused_indexes shop.customer_email_id
select 1;

-- found by: sequence_exhaustion shop.ticket_id_seq
create table shop.ticket (id smallint generated always as identity primary key);
select setval('shop.ticket_id_seq', 32000);

-- found by: dead_tuples shop.log
-- found by: table_bloat shop.log
-- found by: index_bloat shop.log_pkey
create table shop.log (id int primary key, what text) with (autovacuum_vacuum_threshold = 50);
insert into shop.log select n, repeat('x', 100) from generate_series(1, 20000) as n;

-- (the same table)
delete from shop.log where id % 10 > 0;

-- (the same table)
analyze shop.log;

-- found by: never_vacuumed shop.event
-- found by: stale_statistics shop.event
-- found by: tables_without_primary_key shop.event
-- found by: tables_without_autovacuum shop.event
create table shop.event (what text) with (autovacuum_enabled = off);
insert into shop.event select repeat('x', 100) from generate_series(1, 3000);

-- found by: unlogged_tables shop.scratch
create unlogged table shop.scratch (id int primary key);

-- found by: collation_version shop.mine
create collation shop.mine (provider = libc, locale = 'C.UTF-8');
update pg_collation set collversion = '0.1' where collname = 'mine';
create table shop.word (word text collate shop.mine primary key);

-- found by: database_collation_version DATABASE
-- since: 15
update pg_database set datcollversion = '0.1' where datname = current_database();

-- found by: database_size DATABASE
-- found by: temp_files DATABASE
set work_mem = '64kB';
select count(*) from (select n from generate_series(1, 100000) as n order by -n) as sorted;
reset work_mem;

-- found by: subscriptions follower
create subscription follower connection 'host=nowhere.invalid' publication it
    with (connect = false, enabled = false, create_slot = false, slot_name = none);

-- found by: replication_slots left_behind
select pg_create_physical_replication_slot('left_behind', true);

-- found by: prepared_transactions forgotten
begin;
insert into shop.customer values (1000, null);
prepare transaction 'forgotten';

-- found by: pending_restart max_connections
alter system set max_connections = 77;

-- (the same setting)
select pg_reload_conf();

-- found by: checkpoints server
checkpoint;

-- found by: archiver_failures server
select pg_switch_wal();

-- found by: mean_query_time DATABASE
create extension pg_stat_statements;

-- found by: connection_saturation database DATABASE
do $$ begin execute format('alter database %I connection limit 1', current_database()); end $$;

-- found by: autovacuum_settings autovacuum
-- found by: durability_settings fsync
-- found by: wal_size server
-- found by: lock_table server
-- found by: xid_wraparound DATABASE
-- found by: cache_hit_ratio DATABASE
select 'the server itself, and limits set low';
