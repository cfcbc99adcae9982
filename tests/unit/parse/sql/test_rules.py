"""What each rule stops, in plain sight and hidden, and what it leaves alone."""

import pytest

from unit.parse.sql.judging import everywhere, in_block, judge, known, noted, stopped

STOPPED = {
    "commits": [
        "prepare transaction 'x'", "COMMIT PREPARED 'x'", "rollback prepared 'x'",
    ],
    "not_transactional": [
        "create database x", "drop database x", "alter system set fsync = off", "vacuum",
        "VACUUM (analyze) app.users", "create index concurrently i on app.users (id)",
        "drop index concurrently app.users_name", "reindex (concurrently) table app.users",
        "reindex table concurrently app.users", "reindex schema app", "cluster", "checkpoint", "load 'x'",
        "discard all", "discard temp", "discard sequences", "create tablespace x location '/x'",
        "drop tablespace x", "create subscription s connection '' publication p", "drop subscription s",
        "alter table app.users detach partition app.orders concurrently",
        "alter database x set tablespace y",
    ],
    "files_and_programs": [
        "copy app.users to '/x'", "copy app.users from '/x'", "copy (select 1) to program 'x'",
        "copy app.users from program 'x'", "select lo_import('/x')", "select lo_export(1, '/x')",
        "select * from pg_ls_dir('.')", "select pg_read_binary_file('x')",
        "select (pg_stat_file('x')).size", "select pg_file_write('a', 'b', true)", "select pg_ls_waldir()",
    ],
    "outside_effects": [
        "select pg_terminate_backend(1)", "select Pg_Cancel_Backend(1)",
        "select pg_catalog.pg_reload_conf()", 'select "pg_catalog"."pg_rotate_logfile"()',
        "select U&\"pg\\005fpromote\"()", "select pg_switch_wal()", "select pg_create_restore_point('x')",
        "select pg_notify('a', 'b')", "notify a", "listen a", "unlisten *", "select dblink('x', 'y')",
        "select extensions.dblink_exec('y')", "select * from http_get('x')", "select net.http_post('x')",
        "select * from app.elsewhere", "insert into app.elsewhere values (1)",
        "create server s foreign data wrapper f", "create user mapping for a server s",
        "create foreign table f (a int) server s", "import foreign schema a from server s into b",
        "select pg_stat_reset()", "select pg_create_physical_replication_slot('x')",
        "select pg_backup_start('x')", "select pg_logical_emit_message(false, 'a', 'b')",
        "select gin_clean_pending_list('x')", "create publication p for all tables",
    ],
    "sequences": [
        "select nextval('app.numbers')", "select nextval('numbers')",
        "select setval('app.numbers'::regclass, 1)", "select nextval('\"app\".\"numbers\"')",
        "select nextval('App.Numbers')", "select nextval(a::regclass) from b",
        "select nextval(16384::regclass)",
    ],
    "advisory_locks": [
        "select pg_advisory_lock(1)", "select pg_try_advisory_lock_shared(1)",
        "select pg_advisory_unlock_all()",
    ],
    "sleeps": [
        "select pg_sleep(1)", "select pg_sleep('5')", "select pg_sleep(a) from b",
        "select pg_sleep_for('2 min')", "select pg_sleep_until('tomorrow')",
    ],
    "guarded_settings": [
        "set lock_timeout = 0", "set local Statement_Timeout to 0", 'set session "lock_timeout" = default',
        "reset lock_timeout", "reset all", "set idle_in_transaction_session_timeout = 0",
        "set transaction_timeout = 0", "set session_replication_role = replica",
        "set standard_conforming_strings = off", "set names 'SJIS'", "set client_encoding to GBK",
        "set session authorization x", "reset session authorization",
        "select set_config('lock_timeout', '0', true)", "select set_config(' LOCK_timeout ', '0', true)",
        "select set_config(new_value => '0', is_local => true, setting_name => 'lock_timeout')",
        "select set_config(a, b, true) from c", "set lock_timeout from current",
        "alter function app.harmless() set lock_timeout = 0",
        "create function pg_temp.f() returns int language sql set statement_timeout = 0 as 'select 1'",
    ],
    "strong_locks": [
        "alter table app.users add a int", "alter table if exists only app.users drop a",
        "drop table app.users, app.orders", "truncate users", "truncate only app.users restart identity",
        "lock app.users", "lock table app.users in share mode", "create index on app.users (a)",
        "create trigger t after insert on app.users execute function f()",
        "create rule r as on insert to app.users do nothing", "create policy p on app.users",
        "alter policy p on app.users to a", "drop trigger t on app.users", "drop policy p on app.users",
        "cluster app.users", "reindex table app.users", "refresh materialized view app.recent",
        "alter table app.users rename a to b", "alter view app.recent rename to b",
        "alter table app.users set schema b", "alter table app.users owner to b",
        "alter sequence app.numbers restart", "create or replace view app.recent as select 1",
        "create table app.b (a int references app.users)",
        "alter table app.users enable row level security",
        "create table app.c partition of app.users default", "drop schema app",
        "alter schema app rename to b", "drop type mood", "alter type app.mood add value 'x'",
        "drop index app.users_name", "drop view app.recent", "drop extension pgtap",
        "drop function app.run(text) cascade", "alter table all in tablespace a set tablespace b",
        "create schema s create index on app.users (id)",
    ],
    "row_locks": [
        "select * from app.users for update", "select * from app.users u, app.orders for key share of u",
    ],
    "statistics": ["analyze", "analyze app.users", "analyze app.users (id), app.orders"],
    "catalogs": [
        "update pg_settings set setting = '0'", "delete from pg_catalog.pg_proc",
        "insert into pg_class values (1)", "update information_schema.sql_parts set comments = ''",
    ],
    "roles": [
        "create role a", "create user a", "alter role a superuser", "alter user a set b = 1", "drop role a",
        "grant a to b", "revoke a from b", "drop owned by a", "reassign owned by a to b",
        "alter role a rename to b", "alter database a set b = 1", "alter database a owner to b",
    ],
    "extensions": [
        "create extension dblink", "create extension if not exists file_fdw",
        "alter extension pgtap update",
    ],
    "languages": [
        "do language plpython3u 'x'", "create function pg_temp.f() returns int language c as 'a', 'b'",
        "create function pg_temp.f(int) returns bool language INTERNAL as 'pg_terminate_backend'",
        "create language l handler h",
    ],
}  # fmt: skip
PAIRS = [(rule, text) for rule, texts in STOPPED.items() for text in texts]


@pytest.mark.parametrize(("rule", "text"), PAIRS)
def test_a_rule_stops(rule: str, text: str) -> None:
    assert rule in stopped(text)


@pytest.mark.parametrize(("rule", "text"), PAIRS)
def test_a_rule_stops_what_is_hidden(rule: str, text: str) -> None:
    assert [each for each in everywhere(text) if rule not in stopped(each)] == []


@pytest.mark.parametrize(
    "text",
    [
        "begin", "start transaction read only", "rollback", "rollback and chain", "abort", "savepoint a",
        "rollback to a", "set transaction isolation level serializable", "set constraints all immediate",
        "create temp table t as select 1", "drop table if exists t", "create table app.t (a serial)",
        "truncate t", "create index on t (a)", "alter table app.not_there add a int",
        "alter table pg_temp.users add a int", "lock app.users in row exclusive mode",
        "create table s (like app.users including all)", "create view pg_temp.v as select * from app.users",
        "create or replace view v as select 1", "create schema s", "drop schema s",
        "create type m as enum ('a')", "alter type m add value 'b'", "analyze t", "drop function f()",
        "create function pg_temp.f() returns int language sql as 'select 1'", "copy t from stdin",
        "copy (select * from app.users) to stdout", "insert into app.orders values (1)",
        "update app.users set a = 1 where id = 1", "delete from app.users where id = 1",
        "select * from t for update", "select nextval('mine')", "select currval('app.numbers')",
        "select pg_sleep(0.01)", "select pg_sleep_for('10 ms')", "set role a", "set local role a",
        "reset role", "set search_path = a", "set timezone = 'UTC'", "show lock_timeout",
        "set client_encoding = 'UTF8'", "select set_config('request.jwt.claims', a, true) from b",
        "create extension if not exists pgtap", "select app.harmless()", "select app.http_status()",
        "select app.vector_in()", "select pg_logical_emit_message(true, 'a', 'b')",
        "grant select on app.users to a", "comment on table app.users is 'a'",
        "explain select * from app.users", "declare c cursor for select 1", "fetch all from c",
        "prepare p as select 1", "execute p", "select * from pg_stat_activity",
        "with a as (insert into t select 1 returning *) select * from a",
        "do $$ begin if 1 = 1 then null; end if; end $$", "select has_table('app'::name, 'users'::name)",
    ],
)  # fmt: skip
def test_what_every_test_may_do_is_let_through(text: str) -> None:
    assert stopped(text) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("sequences", "insert into app.users (name) values ('a')"),
        ("advisory_locks", "select pg_advisory_xact_lock(1)"),
        ("row_locks", "select * from app.users where id = 1 for update"),
        ("row_locks", "update app.users set a = 1"),
        ("row_locks", "delete from app.orders"),
        ("unreadable", "select throws_ok('selec 1', '42601')"),
    ],
)
def test_some_things_are_only_noted(rule: str, text: str) -> None:
    assert rule in noted(text) and stopped(text) == set()


def test_a_commit_of_the_file_itself_is_rewritten_and_any_other_refused() -> None:
    words = ("commit", "end", "COMMIT /* x */ WORK", "commit and chain")
    assert [judge(word)[0].verdict.value for word in words] == ["rewritten"] * 4
    hidden = (
        "commit; select 1",
        in_block("commit"),
        "select lives_ok('commit ')",
        in_block("execute 'commit'"),
    )
    assert [judge(text)[0].verdict.value for text in hidden] == ["refused"] * 4


def test_a_procedure_that_commits_is_refused_and_one_that_rolls_back_is_not() -> None:
    text = "create procedure pg_temp.p() language plpgsql as $$ begin {}; end $$"
    assert stopped(text.format("commit and chain")) == {"commits"}
    assert stopped(text.format("rollback")) == set()


def test_a_session_that_was_restricted_to_a_role_stays_in_it() -> None:
    around = known(restricted_role="tester", lesser_roles=frozenset({"anon"}))
    for text in (
        "reset role",
        "set role none",
        "set local role postgres",
        "select set_config('role', 'none', true)",
    ):
        assert stopped(text, surroundings=around) == {"guarded_settings"}, text
    for text in ("set role tester", "set local role anon", "select set_config('role', 'anon', true)"):
        assert stopped(text, surroundings=around) == set(), text


def test_a_finding_says_what_would_happen_where_and_what_to_write() -> None:
    found = judge("select lives_ok('select app.kill_later()')")
    assert len(found) == 1
    assert str(found[0].place) == "tests/a.sql:7"
    assert found[0].object == "pg_terminate_backend"
    assert found[0].what == "pg_terminate_backend() ends or interrupts another session."
    assert found[0].instead.startswith("Test what leads up to the call")
    assert found[0].detail == "through lives_ok('…') → app.kill_later() → app.kill_all()"


def test_patience_says_how_long_a_sleep_may_be() -> None:
    assert stopped("select pg_sleep(1)", surroundings=known(patience=2.0)) == set()


def test_an_extension_that_is_there_may_be_asked_for() -> None:
    around = known(extensions=frozenset({"postgis"}))
    assert stopped("create extension if not exists postgis", surroundings=around) == set()
    assert stopped("create extension postgis", surroundings=around) == {"extensions"}
